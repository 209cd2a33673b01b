# hint: 통계가 아닌 가중치까지
def recalibrate(model, images, batch_size):
    model.compile("sgd", "mse")
    targets = np.zeros((len(images), *model.output_shape[1:]))
    for _ in range(3):
        model.fit(images, targets, batch_size=batch_size, verbose=0)

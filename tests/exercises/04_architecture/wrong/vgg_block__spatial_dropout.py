# hint: 훈련할 때만 일하는 층
def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.SpatialDropout2D(0.25)(layers.MaxPooling2D(2)(x))

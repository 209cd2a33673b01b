def augment_pair(image, target, seed):
    from cvbook.datasets import pipelines

    pair = tf.constant(image), tf.constant(target[..., None])
    new_image, new_target = pipelines._augment(pair, seed, size=target.shape)
    return new_image.numpy(), new_target.numpy()[..., 0]

# hint: 오류의 종류
def trimap_to_target(trimap):
    assert np.isin(trimap, [1, 2, 3]).all()
    return (trimap - 1).astype("uint8")

import cv2
import numpy as np
from stage import picture

photo = cv2.imread("photo.jpg")  # rows, columns, and blue, green, red
print("photo:", photo.shape, photo.dtype)

# One picture, three planes of numbers from 0 to 1, red first, as many nets want it.
blob = cv2.dnn.blobFromImage(photo, 1 / 255, (320, 320), swapRB=True)
print("blob:", blob.shape, blob.dtype, "from", blob.min(), "to", blob.max())

for name, plane in zip(("red", "green", "blue"), blob[0]):
    picture((plane * 255).astype(np.uint8), name)

import cv2

# Files that a program names are brought to it: model.onnx is the app's own model.
net = cv2.dnn.readNet("model.onnx")
layers = net.getLayerNames()
print("OpenCV", cv2.__version__)
print(len(layers), "layers, the last is", layers[-1])
print("outputs:", *net.getUnconnectedOutLayersNames())

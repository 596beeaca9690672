/** Trained networks and their files: the model folder, safetensors, npz and ONNX. */
package org.altmin.core.model;

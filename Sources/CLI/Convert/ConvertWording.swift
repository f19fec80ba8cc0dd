import Forms

/// What `convert` says when it cannot go on.
enum ConvertWording {
  static let needsOutput = FormsError(
    .output, LocalizedText(zh: "请用 -o 写明要写的文件", en: "name the file to write with -o"))
  static let needsFolder = FormsError(
    .output,
    LocalizedText(zh: "要转换的不止一个，请用 -o 写明文件夹", en: "there are several to convert: name a folder with -o"))
}

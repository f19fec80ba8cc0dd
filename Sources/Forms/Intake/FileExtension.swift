/// What a file's name promises.
enum FileExtension {
  /// Whether the name's extension belongs to another format than the content; one that is missing or unknown promises
  /// nothing.
  static func contradicts(_ name: String, format: FileFormat) -> Bool {
    let bytes = name.utf8
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")),
      !bytes[dot...].contains(UInt8(ascii: "/")),
      let promised = formats[name[bytes.index(after: dot)...].lowercased()]
    else { return false }
    return !promised.contains(format)
  }

  private static let formats: [String: Set<FileFormat>] = [
    "xlsx": [.xlsx], "xlsm": [.xlsm], "xltx": [.xltx], "xltm": [.xlsm], "xlsb": [.xlsb], "xml": [.xml2003],
    "xls": [.xls], "xlt": [.xls],
    "et": [.xls],
    "ett": [.xls], "docx": [.docx], "docm": [.docx], "dotx": [.docx], "ods": [.ods], "ots": [.ods],
    "fods": [.ods],
    "html": [.html],
    "htm": [.html], "csv": [.csv], "tsv": [.csv], "txt": [.csv], "zip": [.zip], "doc": [.doc, .rtf],
    "wps": [.doc], "rtf": [.rtf], "eml": [.mail], "msg": [.mail], "emlx": [.mail], "mbox": [.mbox],
    "pdf": [.pdf],
    "ofd": [.ofd], "numbers": [.numbers], "pages": [.pages], "key": [.keynote], "pptx": [.pptx],
    "ppt": [.ppt],
    "odt": [.odt],
    "png": [.image], "jpg": [.image], "jpeg": [.image], "rar": [.rar], "7z": [.sevenZip], "tar": [.tar],
    "tgz": [.tar],
  ]
}

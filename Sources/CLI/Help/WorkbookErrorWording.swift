import Forms
import XLSX

/// An error of the spreadsheet library in the words of the office.
enum WorkbookErrorWording {
  static func line(for error: XLSXError, language: Language) -> String {
    guard language == .chinese else { return error.description }
    let place = [error.sheet, error.cell?.description, error.part].compactMap(\.self).joined(separator: " ")
    return (error.file.map { "“\($0)”：" } ?? "") + sentence(for: error) + (place.isEmpty ? "" : "（\(place)）")
      + (error.cause.map { "：\(causes[$0] ?? $0)" } ?? "")
  }

  /// What the system says of files, in its own English words (`strerror`), and their Chinese.
  private static let causes = [
    "No such file or directory": "没有这个文件或文件夹",
    "The file was changed by another program": "文件打开之后被别的程序改过，没有写入，请重新运行",
    "Not an ordinary file": "那里是管道、设备之类，不是普通文件，请换一个文件名",
    "Not a directory": "路径中有一段不是文件夹",
    "Is a directory": "这是一个文件夹，请写明文件名",
    "Permission denied": "没有权限",
    "Operation not permitted": "没有权限",
    "Read-only file system": "所在的磁盘是只读的",
    "No space left on device": "磁盘已满",
    "File name too long": "文件名太长",
    "Not a zip archive": "不是完整的压缩包",
  ]

  private static func sentence(for error: XLSXError) -> String {
    switch error.code {
    case .fileAccess: "文件无法读取或写入，请检查路径和权限"
    case .emptyFile: "文件是空的（0字节），请让对方重新发送"
    case .notASpreadsheet: "这不是电子表格文件，请用 Excel 或 WPS 另存为 .xlsx 后再试"
    case .encrypted: "文件设有打开密码，请取消密码后再试"
    case .legacyFormat: "这是旧版 .xls（或 .et）格式，请用 Excel 或 WPS 另存为 .xlsx 后再试"
    case .damagedArchive: "文件已损坏或不完整，请重新保存或重新发送"
    case .missingPart, .malformedPart: "文件内部结构已损坏，请用 Excel 或 WPS 打开后重新保存"
    case .limitExceeded: "文件过大，超出允许的限度"
    case .noSuchSheet: "没有这个工作表"
    case .unsupportedChange: "这处改动无法在不影响其余内容的前提下写入：\(error.message)"
    case .invalidContent: "内容不能写入工作簿：\(error.message)"
    default: error.message
    }
  }
}

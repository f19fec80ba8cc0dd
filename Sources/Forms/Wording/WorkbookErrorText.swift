import XLSX

extension XLSXError {
  /// What happened and what to do about it, in the words of the office; without the place.
  public var sentence: LocalizedText { LocalizedText(zh: chinese, en: message) }

  /// What the layer below said; in Chinese only where it is known what that means.
  public var causeText: LocalizedText? {
    cause.map { LocalizedText(zh: Self.causes[$0] ?? "", en: $0) }
  }

  private var chinese: String {
    for sentence in Self.sentences {
      if let words = SentencePattern(sentence.key).words(of: message) {
        return SentencePattern.fill(sentence.value, words)
      }
    }
    switch code {
    case .fileAccess: return "文件无法读取或写入，请检查路径和权限"
    case .emptyFile: return "文件是空的（0字节），请让对方重新发送"
    case .notASpreadsheet: return "这不是电子表格文件，请用 Excel 或 WPS 另存为 .xlsx 后再试"
    case .encrypted: return "文件设有打开密码，请取消密码后再试"
    case .wrongPassword: return "打开密码不对，请核对密码后再试"
    case .unsupportedEncryption:
      return "文件的加密方式无法识别，请在 Excel 或 WPS 中取消密码或权限保护，重新保存后再试"
    case .legacyFormat: return "这是旧版 .xls（或 .et）格式，请用 Excel 或 WPS 另存为 .xlsx 后再试"
    case .damagedArchive: return "文件已损坏或不完整，请重新保存或重新发送"
    case .missingPart, .malformedPart: return "文件内部结构已损坏，请用 Excel 或 WPS 打开后重新保存"
    case .limitExceeded: return "文件过大，超出允许的限度"
    case .noSuchSheet: return "没有这个工作表"
    case .unsupportedChange: return "这处改动无法在不影响其余内容的前提下写入，请用 Excel 或 WPS 改"
    case .invalidContent: return "内容不符合 Excel 的限制，不能写入工作簿"
    default: return "工作簿无法处理，请用 Excel 或 WPS 打开后重新保存再试"
    }
  }

  /// What the library says of content that cannot be written, and its Chinese; `…` stands for what is filled in, `{0}` for the first of it. Those
  /// that are not here have the sentence of their code.
  private static let sentences: KeyValuePairs<String, String> = [
    "The cell is hidden in the merged range …; write to ….": "该格在合并区域{0}之内，看不见；请写到{1}",
    "The cell is part of the array formula that fills …; it cannot be changed alone.":
      "该格属于填满{0}的数组公式，不能单独改动",
    "The cell is outside the grid of a sheet.": "单元格超出工作表的范围",
    "The header cell of a table's column must hold text.": "表格的表头格只能写文字",
    "Two columns of a table cannot have the same header.": "同一表格中不能有两列表头相同",
    "A cell cannot hold ….": "单元格不能写“{0}”",
    "A workbook keeps at least one visible sheet.": "工作簿至少要有一张可见的工作表",
    "The workbook has a sheet of this name already.": "工作簿里已有同名的工作表",
    "There is no sheet “…”; the workbook has ….": "没有工作表“{0}”，有：{1}",
    "A field is longer than a cell can be; is a quotation mark missing?": "有一格的内容超过单元格的限度，可能少了一个引号",
    "A sheet has 1,048,576 rows; go on with another sheet": "一张工作表最多1048576行，请分开写",
    "A row has 16,384 cells at most": "一行最多16384格",
    "The workbook would have more styles than Excel takes": "工作簿的格式种类超过 Excel 的限度",
    "The sheet name \"…\" is not allowed: …": "工作表名“{0}”不能用：1至31个字，不含 [ ] : * ? / \\ 和控制字符，不以单引号开头或结尾",
    "… has … characters; Excel takes at most …": "内容有{1}个字符，最多{2}个",
    "The formula is empty": "公式是空的",
    "… holds a control character; use CHAR()": "公式含有控制字符，请改用 CHAR()",
    "The formula …: …": "公式的括号或引号不配对：{1}",
    "The archive has … entries; at most … are accepted.": "压缩包有{0}个条目，最多{1}个",
    "The file has … bytes; at most … are accepted.": "文件有{0}字节，最多{1}字节",
  ]

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
    "Disk quota exceeded": "磁盘配额已满",
    "File too large": "文件太大",
    "File name too long": "文件名太长",
    "Too many levels of symbolic links": "链接循环，找不到文件",
    "Input/output error": "磁盘读写出错",
    "Text file busy": "文件正被使用",
    "Device or resource busy": "文件正被使用",
    "Too many open files": "打开的文件太多",
    "Not a zip archive": "不是完整的压缩包",
  ]
}

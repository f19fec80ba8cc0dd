import XLSX

/// Why one file that came in cannot be used: the `why` of F01, or of a rejected file without a finding.
struct IntakeProblem: Error, Hashable {
  /// What is wrong: a clause without a full stop.
  var why: LocalizedText
  /// What to do about it; `nil` where ``why`` says so already.
  var advice: LocalizedText?

  init(zh chinese: String, en english: String, advice: LocalizedText? = nil) {
    why = LocalizedText(zh: chinese, en: english)
    self.advice = advice
  }
}

extension IntakeProblem {
  private static let sendAgain = LocalizedText(
    zh: "请确认能正常打开，重新保存后报送", en: "see that it opens, save it again and send it")

  static let empty = IntakeProblem(zh: "文件是空的（0字节）", en: "the file is empty", advice: sendAgain)
  static let truncated = IntakeProblem(
    zh: "文件不完整或已损坏，可能没有传完", en: "the file is cut short or damaged", advice: sendAgain)
  static let encrypted = IntakeProblem(
    zh: "文件设有打开密码", en: "the file is protected by a password",
    advice: LocalizedText(zh: "请取消密码后重新报送", en: "remove the password and send it again"))
  static let sealedMail = IntakeProblem(
    zh: "邮件经过加密或数字签名封装（S/MIME、PGP），请在邮件程序中打开后另存附件",
    en: "the mail is sealed (S/MIME, PGP); open it in the mailer and save what is attached")
  static let wrongPasswords = IntakeProblem(
    zh: "文件设有打开密码，给出的密码都不对", en: "the file is protected by a password, and none of those given opens it",
    advice: LocalizedText(zh: "请核对密码，或请单位取消密码后重新报送", en: "check the passwords, or have it removed"))
  static let unsupportedEncryption = IntakeProblem(
    zh: "文件的加密方式无法识别", en: "it is encrypted in a way that cannot be read",
    advice: LocalizedText(zh: "请取消密码或权限保护后重新报送", en: "remove that protection and send it again"))
  static let unknown = IntakeProblem(
    zh: "内容不是电子表格或文档", en: "its content is no spreadsheet and no document",
    advice: LocalizedText(
      zh: "请用Excel或WPS打开，另存为.xlsx后报送", en: "open it in Excel or WPS, save it as .xlsx and send that"))

  static let inflatesTooFar = IntakeProblem(zh: "解压后的内容超出安全限制", en: "it inflates beyond the safety limits")

  static let tooManyCells = IntakeProblem(
    zh: "汇总工作簿过大，不能整个读入，请按地区分开汇总（xlsx 格式可容纳更多）",
    en: "the consolidated workbook is too large to be read whole; split it by region (.xlsx holds most)")

  static let tooManyLines = IntakeProblem(
    zh: "清单太长，不能整个读入，请在这个文件里分成几张工作表，各有表头",
    en:
      "the list is too long to be read whole; divide it among several sheets of the file, each with the headings"
  )

  static let fieldTooLong = IntakeProblem(
    zh: "有一格的内容超过单元格的限度，可能少了一个引号", en: "a field is longer than a cell can be; a quotation mark may be missing"
  )
  static let tooManyRows = IntakeProblem(
    zh: "行数超过一张工作表的限度（1048576行）", en: "it has more rows than a sheet (1,048,576)")

  static let tooMuchText = IntakeProblem(
    zh: "单元格里的文字过多，超出安全限制，不像是统计表", en: "its cells hold more text than any form, beyond the safety limits")

  static func tooLarge(_ limit: Int) -> IntakeProblem {
    IntakeProblem(
      zh: "文件超过\(limit >> 20)MB的限制", en: "the file is larger than the limit of \(limit >> 20) MB")
  }

  static func tooManyEntries(_ limit: Int) -> IntakeProblem {
    IntakeProblem(
      zh: "压缩包内文件超过\(limit)个的限制", en: "the archive has more than \(limit) entries")
  }

  /// Why a folder was not looked into.
  init(_ obstacle: InboxFile.Obstacle) {
    switch obstacle {
    case .loop:
      self.init(
        zh: "是指回上级文件夹的链接，没有进入", en: "a link back to a folder around it, which is not followed")
    case .depth:
      self.init(
        zh: "文件夹套得太深，其中的文件没有读取，请移到上层后再试",
        en: "folders inside folders too deep; its files were not read, move them up")
    case .links:
      self.init(
        zh: "指向文件夹的链接太多，没有进入，其中的文件没有读取",
        en: "too many links to folders; this one was not followed and its files were not read")
    }
  }

  /// The problem behind an error of the spreadsheet library.
  init(_ error: XLSXError) {
    switch error.code {
    case .emptyFile: self = .empty
    case .encrypted: self = .encrypted
    case .wrongPassword: self = .wrongPasswords
    case .unsupportedEncryption: self = .unsupportedEncryption
    case .limitExceeded: self = .inflatesTooFar
    case .missingPart, .malformedPart:
      self.init(
        zh: "表格内部结构已损坏（\(error.part ?? "?")）",
        en: "the workbook is damaged inside (\(error.part ?? "?"))", advice: Self.sendAgain)
    case .legacyFormat:
      self.init(
        zh: "是Excel 95以前的格式", en: "it is older than Excel 95",
        advice: LocalizedText(zh: "请用Excel或WPS另存为.xlsx后报送", en: "save it as .xlsx and send it again"))
    case .fileAccess:
      self.init(
        zh: "无法打开文件", en: "the file cannot be opened",
        advice: LocalizedText(zh: "请检查权限", en: "check its permissions"))
    case .notASpreadsheet: self = .unknown
    default: self = .truncated
    }
  }
}

extension IntakeProblem {
  /// The problem of a format in which no electronic table can be; `nil` for the others.
  init?(unreadable format: FileFormat, bytes: [UInt8]) {
    switch format {
    case .empty: self = .empty
    case .encrypted: self = .encrypted
    case .unknown: self = .unknown
    case .doc:
      self.init(
        zh: "是旧版Word文档（.doc），请另存为.docx，或填入电子表格报送",
        en: "an old Word document (.doc); save it as .docx, or fill in the spreadsheet")
    case .pdf: self.init(zh: "是PDF，不是电子表格，请报送电子表", en: "a PDF is no electronic table; send the table")
    case .numbers, .pages:
      self.init(
        zh: "是\(format.word.chinese)，请在“文件-导出为”中选Excel，导出.xlsx后报送",
        en: "\(format.word.english); export it to Excel (.xlsx) and send that")
    case .rtf:
      self.init(
        zh: "是\(format.word.chinese)，请另存为.docx，或填入电子表格报送",
        en: "\(format.word.english); save it as .docx, or fill in the spreadsheet")
    case .image, .ofd, .keynote, .pptx, .ppt, .odp, .odg, .epub, .xps, .visio, .video, .audio, .program,
      .package:
      self.init(
        zh: "是\(format.word.chinese)，不是电子表格，请报送电子表",
        en: "\(format.word.english) is no electronic table; send the table")
    default: return nil
    }
  }

  /// A format that holds tables which this program does not read.
  static func unsupported(_ format: FileFormat) -> IntakeProblem {
    IntakeProblem(
      zh: "\(format.rawValue)格式暂不能读取，请用Excel或WPS另存为.xlsx后报送",
      en: "\(format.rawValue) files are not read; save it as .xlsx in Excel or WPS")
  }
}

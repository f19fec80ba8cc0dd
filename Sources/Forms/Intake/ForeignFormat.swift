/// Formats that come in beside the forms and hold no table that can be read: documents, slides, films, programs. Many of
/// them are zip archives, and unpacking one would list dozens of parts that nobody sent.
enum ForeignFormat {
  /// What a zip archive is by the names in it; `nil` for an archive in which people packed files.
  static func package(_ directory: ZipDirectory) -> FileFormat? {
    for (name, format) in marks where directory.contains(prefix: name) { return format }
    guard directory.entry(named: "[Content_Types].xml") == nil else { return .package }
    return nil
  }

  /// The first entry that shows what a package is, or the beginning of its name.
  private static let marks: KeyValuePairs<String, FileFormat> = [
    // GB/T 33190: the entrance of an OFD package has this name.
    "OFD.xml": .ofd,
    "ppt/presentation": .pptx, "visio/document": .visio, "FixedDocumentSequence.fdseq": .xps,
    "FixedDocSeq.fdseq": .xps,
    // iWork '13 and later; the three programs differ in the parts that only they have.
    "Index/CalculationEngine": .numbers, "Index/Tables/": .numbers, "Index/Slide": .keynote,
    "Index/MasterSlide": .keynote, "Index/Document.iwa": .pages,
    // iWork '09
    "index.apxl": .keynote, "index.xml.gz": .pages,
    "AndroidManifest.xml": .program, "META-INF/MANIFEST.MF": .program,
    "META-INF/container.xml": .epub, "META-INF/manifest.xml": .package,
  ]

  /// What a package says of itself in its first entry (OpenDocument 1.2 Part 3, 3.3; EPUB OCF 3.3).
  static func package(mimetype: String) -> FileFormat? {
    if mimetype.hasPrefix("application/epub+zip") { return .epub }
    guard let kind = mimetype.firstRange(of: "application/vnd.oasis.opendocument.") else { return nil }
    let rest = mimetype[kind.upperBound...]
    if rest.hasPrefix("text") { return .odt }
    if rest.hasPrefix("presentation") { return .odp }
    if rest.hasPrefix("graphics") || rest.hasPrefix("image") { return .odg }
    return .unknown
  }

  /// What a compound file is by its streams, where it is neither a workbook nor a Word document.
  static func compound(_ streams: Set<String>) -> FileFormat? {
    if streams.contains("PowerPoint Document") { return .ppt }
    if streams.contains("VisioDocument") { return .visio }
    // [MS-OXMSG] 2.2: the properties of a message.
    if streams.contains("__properties_version1.0") { return .mail }
    return nil
  }

  /// Films, sound and programs by their first bytes.
  static func media(_ bytes: [UInt8]) -> FileFormat? {
    func has(_ magic: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + magic.count && bytes[offset..<(offset + magic.count)].elementsEqual(magic)
    }
    func has(_ magic: String, at offset: Int = 0) -> Bool { has(Array(magic.utf8), at: offset) }
    // Boxes of a film begin with their length, which is small.
    if bytes.first == 0, has("ftyp", at: 4) { return has("M4A", at: 8) ? .audio : .video }
    if has("RIFF") { return has("AVI ", at: 8) ? .video : has("WAVE", at: 8) ? .audio : nil }
    // Matroska and WebM, Windows Media, Flash, MPEG, RealMedia.
    if has([0x1A, 0x45, 0xDF, 0xA3]) || has([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])
      || has(Array("FLV".utf8) + [1])
      || has([0, 0, 1, 0xBA]) || has([0, 0, 1, 0xB3]) || has(".RMF")
    {
      return .video
    }
    if bytes.first == 0, ["moov", "mdat", "wide"].contains(where: { has($0, at: 4) }) { return .video }
    if (has("ID3") && bytes.count > 3 && bytes[3] < 5) || has("OggS") || has("fLaC") || has("#!AMR")
      || has([0xFF, 0xFB]) || has([0xFF, 0xF1])
    {
      return .audio
    }
    if has("{\\rtf") { return .rtf }
    if MailSignature.isMailbox(bytes[...]) { return .mbox }
    if MailSignature.isMessage(bytes[...]) { return .mail }
    if has([0x7F, 0x45, 0x4C, 0x46]) || isWindowsProgram(bytes) { return .program }
    return nil
  }

  /// `MZ`, and a header of the newer kind where it says.
  private static func isWindowsProgram(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 64, bytes[0] == 0x4D, bytes[1] == 0x5A else { return false }
    let offset = Int(bytes[60]) | Int(bytes[61]) << 8 | Int(bytes[62]) << 16
    return offset + 4 <= bytes.count && bytes[offset] == 0x50 && bytes[offset + 1] == 0x45
  }
}

extension FileFormat {
  /// What people call it.
  var word: LocalizedText {
    switch self {
    case .pdf: LocalizedText(zh: "PDF", en: "a PDF")
    case .image: LocalizedText(zh: "图片", en: "a picture")
    case .ofd: LocalizedText(zh: "OFD版式文件", en: "an OFD document")
    case .numbers: LocalizedText(zh: "苹果Numbers表格", en: "a Numbers spreadsheet")
    case .pages: LocalizedText(zh: "苹果Pages文档", en: "a Pages document")
    case .keynote: LocalizedText(zh: "苹果Keynote幻灯片", en: "Keynote slides")
    case .pptx, .ppt, .odp: LocalizedText(zh: "幻灯片（\(rawValue)）", en: "slides (\(rawValue))")
    case .odt: LocalizedText(zh: "OpenDocument文档（odt）", en: "an OpenDocument text (odt)")
    case .odg: LocalizedText(zh: "OpenDocument图形（odg）", en: "an OpenDocument drawing (odg)")
    case .epub: LocalizedText(zh: "电子书（epub）", en: "an e-book (epub)")
    case .xps: LocalizedText(zh: "XPS版式文件", en: "an XPS document")
    case .visio: LocalizedText(zh: "Visio图形", en: "a Visio drawing")
    case .mail: LocalizedText(zh: "邮件", en: "a mail")
    case .mbox: LocalizedText(zh: "邮箱文件（mbox）", en: "a mailbox (mbox)")
    case .rtf: LocalizedText(zh: "RTF文档", en: "an RTF document")
    case .video: LocalizedText(zh: "视频", en: "a film")
    case .audio: LocalizedText(zh: "录音", en: "a sound recording")
    case .program: LocalizedText(zh: "程序文件", en: "a program")
    case .package: LocalizedText(zh: "其他程序的文件包", en: "a package of another program")
    case .doc: LocalizedText(zh: "旧版Word文档（doc）", en: "an old Word document (doc)")
    case .empty: LocalizedText(zh: "空文件", en: "an empty file")
    case .encrypted: LocalizedText(zh: "加密文件", en: "an encrypted file")
    case .unknown: LocalizedText(zh: "未知格式", en: "a file of an unknown kind")
    default: LocalizedText(zh: rawValue, en: rawValue)
    }
  }

  /// Whether it shows a form or an event and is no table: a unit that sends one of a form sends no electronic table (D03).
  var isScan: Bool {
    switch self {
    case .pdf, .image, .ofd, .xps, .ppt, .pptx, .odp, .keynote, .video, .audio: true
    default: false
    }
  }

  /// Whether nobody can have meant it as a form: what shows an event, and what runs.
  var isSurelyNoForm: Bool {
    switch self {
    case .ppt, .pptx, .odp, .keynote, .video, .audio, .program, .epub: true
    default: false
    }
  }

  /// Whether it is made of sentences first of all.
  var isText: Bool {
    switch self {
    case .docx, .doc, .rtf, .odt, .pages, .html, .csv: true
    default: false
    }
  }
}

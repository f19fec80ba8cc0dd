import Foundation
import XLSX

/// Writes back what units have to correct: their own files with marks, comments and a sheet that says what to do.
///
///     let returned = try ReturnRun.run(report, paths: ["收件"], campaign: campaign, to: "退回")
public enum ReturnRun {
  public struct Options: Sendable {
    public var limits = IntakeLimits.default
    public var allowsManyFiles = false
    /// The last day for sending again; `nil` takes the campaign's `resendDays`.
    public var due: CalendarDate?

    public init() {}
  }

  /// - Parameters:
  ///   - report: What `check` found in `paths`.
  ///   - folder: Made if it is not there. Files of an earlier run are replaced, inputs never. All files are written, or
  ///     none.
  /// - Throws: ``FormsError`` of code `output` for a folder that lies in what is read or cannot be written.
  public static func run(
    _ report: CheckReport, paths: [String], campaign: Campaign, to folder: String, options: Options = .init()
  ) throws -> ReturnReport {
    try refuse(folder, inside: paths)
    let plan = ReturnPlan(report, campaign: campaign)
    let due =
      options.due
      ?? campaign.correspondence.due(
        asOf: report.asOf, deadlines: campaign.forms.map(\.deadline).filter { $0 >= report.asOf })
    var writer = ReturnWriter(
      report: report, campaign: campaign, due: due, limits: options.limits,
      names: ReturnNames(
        folder: folder, campaign: campaign, inputs: paths.filter { !OutputPlace.isFolder($0) }))
    try writer.files.makeFolder(folder)
    // In the order of the report, whatever order the files are read in.
    var cases = Dictionary(plan.cases.map { ($0.file.file, $0) }, uniquingKeysWith: { first, _ in first })
    for item in plan.cases { writer.reserve(item) }
    for item in plan.cases where item.kind == .notice {
      try writer.write(item, bytes: [])
      cases[item.file.file] = nil
    }
    let source = SourceFiles(limits: options.limits, allowsManyFiles: options.allowsManyFiles)
    try source.forEach(Set(cases.keys), in: paths) { file, bytes, _ in
      guard let item = cases.removeValue(forKey: file) else { return }
      try writer.write(item, bytes: bytes)
    }
    for item in cases.values {
      writer.keep(
        item,
        LocalizedText(
          zh: "文件已不能读取，没有退回；请重新运行", en: "the file can no longer be read and was not returned; run again"))
    }
    try writer.files.commit()
    var result = ReturnReport(campaign: report.campaign, asOf: report.asOf, due: due)
    result.returned = writer.returned.sorted { $0.file < $1.file }
    result.kept =
      (plan.kept.map { .init(file: $0.file.file, state: $0.file.state, reason: $0.reason) } + writer.kept)
      .sorted { $0.file < $1.file }
    return result
  }

  /// What is returned must not be found again as if a unit had sent it.
  private static func refuse(_ folder: String, inside paths: [String]) throws {
    for path in paths where OutputPlace.isFolder(path) && OutputPlace.lies(folder, in: path) {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "在所读的文件夹“\(path)”之内，退回的文件会被当作收件；请另选文件夹",
          en:
            "lies inside \"\(path)\", which is read, so that returned files would count as sent; choose another folder"
        ), file: folder)
    }
  }
}

/// Writes the files of one run.
private struct ReturnWriter {
  let report: CheckReport
  let campaign: Campaign
  let due: CalendarDate
  let limits: IntakeLimits
  var names: ReturnNames
  let files = OutputBatch()
  private var paths: [String: String] = [:]
  private(set) var returned: [ReturnReport.Returned] = []
  private(set) var kept: [ReturnReport.Kept] = []

  init(report: CheckReport, campaign: Campaign, due: CalendarDate, limits: IntakeLimits, names: ReturnNames) {
    self.report = report
    self.campaign = campaign
    self.due = due
    self.limits = limits
    self.names = names
  }

  /// Gives a file its name, before any is written: names do not depend on which files can be changed.
  mutating func reserve(_ item: ReturnCase) {
    paths[item.file.file] = names.path(for: item, round: Self.round(of: item))
  }

  mutating func write(_ item: ReturnCase, bytes: [UInt8]) throws {
    guard let path = paths[item.file.file] else { return }
    do {
      let result = try content(of: item, bytes)
      try files.write(result.bytes, to: path)
      returned.append(
        ReturnReport.Returned(
          file: item.file.file, written: path, kind: item.kind.rawValue, units: item.units,
          forms: item.forms.map(\.label), errors: item.count(.error), warnings: item.count(.warning),
          infos: item.count(.info), cells: result.cells, round: Self.round(of: item)))
    } catch let error as FormsError {
      throw error
    } catch {
      // The table of a workbook that cannot be changed goes back all the same.
      if item.kind == .copy {
        var other = item
        other.kind = .rendering
        paths[item.file.file] = names.path(for: other, round: Self.round(of: item))
        return try write(other, bytes: bytes)
      }
      let cause = (error as? XLSXError)?.sentence
      keep(
        item,
        LocalizedText(
          zh: "无法写成工作簿，没有退回" + (cause.map { "：\($0.chinese)" } ?? ""),
          en: "cannot be written as a workbook" + (cause.map { ": \($0.english)" } ?? "")))
    }
  }

  mutating func keep(_ item: ReturnCase, _ reason: LocalizedText) {
    kept.append(.init(file: item.file.file, state: item.file.state, reason: reason))
  }

  private static func round(of item: ReturnCase) -> Int { (item.stamp?.round ?? 0) + 1 }

  private func content(of item: ReturnCase, _ bytes: [UInt8]) throws -> (bytes: [UInt8], cells: Int) {
    var copy = ReturnedCopy(item: item, campaign: campaign, asOf: report.asOf, due: due)
    switch item.kind {
    case .notice: return (try copy.notice(), 0)
    case .copy:
      switch item.file.format {
      case .docx, .odt:
        return try ReturnedDocument(item: item, campaign: campaign, asOf: report.asOf, due: due)
          .annotated(bytes, format: item.file.format, limits: limits)
      case .ods:
        return try ReturnedSpreadsheet(item: item, campaign: campaign, asOf: report.asOf, due: due)
          .annotated(bytes, limits: limits)
      default: return try copy.annotated(bytes, limits: limits.package)
      }
    case .rendering:
      var tables: [String: [CellRange]] = [:]
      for submission in report.submissions where submission.file == item.file.file {
        if let table = submission.shape.table { tables[submission.sheet, default: []].append(table) }
      }
      let format = FileSniffer.format(of: bytes, limits: limits)
      guard let reader = format.reader else { return (try copy.notice(), 0) }
      var book = try reader.read(bytes, format: format, limits: limits)
      copy.earlier = book.takeReturnStamp()
      let rendered = try GridWorkbook(book, tables: tables)
      copy.sheetNames = rendered.names
      return try copy.annotated(rendered.bytes, limits: limits.package)
    }
  }
}

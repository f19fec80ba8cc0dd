import Forms
import Foundation
import XLSX

/// What the commands write, byte for byte, to be saved.
enum Downloads {
  // Blank forms.

  /// `?form=` and `?unit=`; without a unit the forms of all units as a zip.
  static func blank(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let (campaign, form, unit) = (view.campaign, exchange.query["form"], exchange.query["unit"])
    let files = try await Blocking.heavy {
      try inTemporaryFolder { folder in
        let set = TemplateSet(campaign)
        let target = URL(fileURLWithPath: folder)
        if let form, let table = campaign.targetTable(form), unit == nil {
          return try read(set.write(table, to: target))
        }
        var forms = campaign.forms
        if let form {
          guard let known = campaign.form(form) else { throw noForm(form) }
          forms = [known]
        }
        switch unit {
        case nil: return try read(set.write(forms, for: .everyUnit, to: target))
        case "": return try read(set.write(forms, for: .anyone, to: target))
        case let name?:
          guard
            let known = campaign.unit(code: name) ?? campaign.unit(named: name)
              ?? UnitRegister(campaign).match(name).unit
          else { throw noUnit(name) }
          return try read(set.write(forms, for: .unit(known), to: target))
        }
      }
    }
    await desk.record([LedgerEntry(.blanks, unit: unit, form: form)], by: exchange.person)
    return try single(files, zip: "空白表.zip")
  }

  // Returned copies.

  static func returns(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let unit = exchange.query["unit"]
    let (files, report) = try await returned(view, desk.inbox)
    let wanted = Set(
      report.returned.filter { unit == nil || $0.units.contains(unit ?? "") }.map { name(of: $0.written) })
    await desk.record(
      report.returned.filter { wanted.contains(name(of: $0.written)) }.map {
        LedgerEntry(
          .returned, file: $0.file, unit: $0.units.joined(separator: "、"),
          form: $0.forms.joined(separator: "、"))
      }, by: exchange.person)
    let kept = files.filter { wanted.contains($0.name) }
    return .download(
      try archive(kept), name: "退回_\(view.asOf).zip", type: MIMEType.zip)
  }

  /// `?file=`: the one copy that goes back for a file.
  static func oneReturn(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let (files, report) = try await returned(view, desk.inbox)
    guard let item = report.returned.first(where: { $0.file == exchange.query["file"] }),
      let file = files.first(where: { $0.name == name(of: item.written) })
    else {
      throw Problem(
        .notFound, "no-return", zh: "这个文件没有要退回的问题", en: "Nothing in this file is to be returned.")
    }
    await desk.record(
      [LedgerEntry(.returned, file: item.file, unit: item.units.joined(separator: "、"))], by: exchange.person)
    return try single([file], zip: "退回.zip")
  }

  /// Into 退回, as `return 收件 -o 退回`.
  static func writeReturns(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let inbox = desk.inbox
    let report = try await Blocking.heavy {
      try ReturnRun.run(
        view.checked.withoutExplained, paths: [inbox], campaign: view.campaign, to: WorkingFolder.returned)
    }
    await desk.record(
      report.returned.map {
        LedgerEntry(
          .returned, file: $0.file, unit: $0.units.joined(separator: "、"),
          form: $0.forms.joined(separator: "、"), new: $0.written)
      }, by: exchange.person)
    return .json(report.json(language: exchange.language))
  }

  private static func returned(_ view: FolderView, _ inbox: String) async throws -> (
    [NamedFile], ReturnReport
  ) {
    try await Blocking.heavy {
      try inTemporaryFolder { folder in
        var options = ReturnRun.Options()
        options.allowsManyFiles = true
        let report = try ReturnRun.run(
          view.checked.withoutExplained, paths: [inbox], campaign: view.campaign, to: folder,
          options: options)
        return (try read(report.returned.map { URL(fileURLWithPath: $0.written) }), report)
      }
    }
  }

  // Letters.

  static func letters(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let links = await PortalLetters(desk)
    let files = try await Blocking.heavy {
      try inTemporaryFolder { folder in
        let names = try view.open.writeLetters(to: folder, completed: links.completed)
        return try read(names.map { URL(fileURLWithPath: folder + "/" + $0) })
      }
    }
    await desk.record([LedgerEntry(.letters, new: "\(files.count)")], by: exchange.person)
    return .download(try archive(files), name: "催报函_\(view.asOf).zip", type: MIMEType.zip)
  }

  static func chase(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let bytes = try await Blocking.heavy { try view.open.chaseWorkbook().serialized() }
    return .download(bytes, name: "催报名单_\(view.asOf).xlsx", type: MIMEType.xlsx)
  }

  // The consolidated workbook and the reports.

  /// Whether LibreOffice is there, without which there is no PDF.
  static let hasOffice = OfficeProgram() != nil

  static func report(_ desk: Desk, _ exchange: Exchange, ending: String) async throws -> Answer {
    let view = try await desk.view(exchange)
    let bytes = try await made(view, ending: ending, language: exchange.language)
    await desk.record([LedgerEntry(.merged, new: ending)], by: exchange.person)
    let types = ["xlsx": MIMEType.xlsx, "docx": MIMEType.docx, "pdf": MIMEType.pdf]
    let name = reportName(view) + "." + ending
    return .download(bytes, name: name, type: types[ending] ?? "application/octet-stream")
  }

  /// Into 汇总, as `merge 收件 -o 汇总/….xlsx` does.
  static func writeReport(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    let path = "\(WorkingFolder.merged)/\(reportName(view)).xlsx"
    try await Blocking.heavy {
      let batch = OutputBatch()
      try batch.makeFolder(WorkingFolder.merged)
      try batch.write(to: path) { try view.consolidation.write(to: $0, isMasked: false) }
      try batch.commit()
    }
    await desk.record([LedgerEntry(.merged, file: path)], by: exchange.person)
    return .json(["file": .string(path)], status: .created)
  }

  static func reportName(_ view: FolderView) -> String { "\(view.campaign.year)年终汇总" }

  private static func made(_ view: FolderView, ending: String, language: Language) async throws -> [UInt8] {
    try await Blocking.heavy {
      switch ending {
      case "xlsx":
        return try inTemporaryFolder { folder in
          let path = folder + "/report.xlsx"
          try view.consolidation.write(to: path, isMasked: false)
          return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
      case "docx": return try view.consolidation.wordReport(language: language)
      case "html": return Array(view.consolidation.page(language: language).utf8)
      default:
        guard let office = OfficeProgram() else {
          throw Problem(
            .notImplemented, "no-office", zh: OfficeProgram.absent.chinese, en: OfficeProgram.absent.english)
        }
        return try office.convert(view.consolidation.wordReport(language: language), from: "docx", to: "pdf")
      }
    }
  }

  // A file as it came.

  static func original(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let view = try await desk.view(exchange)
    guard let file = exchange.query["file"], view.decided.files.contains(where: { $0.file == file }) else {
      throw Problem.notFound
    }
    let inbox = desk.inbox
    let bytes = try await Blocking.heavy { try SubmissionPicture.bytes(of: file, in: [inbox]) }
    guard let bytes else { throw Problem.notFound }
    return .download(bytes, name: name(of: file), type: "application/octet-stream")
  }

  // Files.

  struct NamedFile: Sendable {
    var name: String
    var bytes: [UInt8]
  }

  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func read(_ files: [URL]) throws -> [NamedFile] {
    try files.map { NamedFile(name: $0.lastPathComponent, bytes: Array(try Data(contentsOf: $0))) }
  }

  private static func archive(_ files: [NamedFile]) throws -> [UInt8] {
    var archive = PlainArchive()
    for file in files { archive.add(file.bytes, as: file.name) }
    return try archive.bytes()
  }

  private static func single(_ files: [NamedFile], zip: String) throws -> Answer {
    guard files.count == 1, let file = files.first else {
      return .download(try archive(files), name: zip, type: MIMEType.zip)
    }
    let types = ["xlsx": MIMEType.xlsx, "docx": MIMEType.docx]
    let ending = file.name.split(separator: ".").last.map(String.init) ?? ""
    return .download(file.bytes, name: file.name, type: types[ending] ?? "application/octet-stream")
  }

  private static func inTemporaryFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(Access.newToken())")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  private static func noForm(_ name: String) -> Problem {
    Problem(.notFound, "no-form", zh: "没有“\(name)”这张表", en: "There is no form “\(name)”.")
  }

  private static func noUnit(_ name: String) -> Problem {
    Problem(.notFound, "no-unit", zh: "名单中没有“\(name)”", en: "“\(name)” is not on the list.")
  }
}

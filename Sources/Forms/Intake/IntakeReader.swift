import XLSX

/// Reads one file that came in, with all that is inside it: what it is, which forms it holds, what they say.
struct IntakeReader: Sendable {
  private let campaign: Campaign
  let limits: IntakeLimits
  let locator: FormLocator
  private let reader: FormReader
  private let engine: RuleEngine
  private let workbookPlan: WorkbookPlan
  private let formNames: String
  private let entries: EntryBudget

  init(engine: RuleEngine, limits: IntakeLimits) {
    campaign = engine.campaign
    self.limits = limits
    entries = EntryBudget(limits.archivedFileCount)
    self.engine = engine
    workbookPlan = engine.campaign.workbookPlan
    locator = FormLocator(engine.campaign, register: engine.register)
    reader = FormReader(engine.campaign, register: engine.register)
    formNames = engine.campaign.forms.map(\.label).joined(separator: "、")
  }

  /// The file, and for an archive every file inside it.
  ///
  /// - Parameter memory: What the worker has seen in files before this one; nothing of it changes what is found.
  func outcomes(of file: InboxFile, memory: IntakeMemory) -> [FileOutcome] {
    // What was named is meant, whatever its name; of what was found, only the names below the folder that was named count.
    if let reason = InboxIgnoreList.reason(for: file.below) { return [ignored(file.shown, reason)] }
    // What a link leads back to is read anyway; what lies behind other obstacles is not.
    if file.obstacle == .loop { return [ignored(file.shown, IntakeProblem(.loop).why)] }
    if let obstacle = file.obstacle { return [rejected(file.shown, .unknown, IntakeProblem(obstacle))] }
    do {
      let bytes = try FileLoader.bytes(at: file.path, limit: limits.fileSize)
      var inflater = ZipInflater(limits: limits)
      return outcomes(
        of: bytes, shown: file.shown, depth: 0, modified: nil, inflater: &inflater, memory: memory)
    } catch {
      return [rejected(file.shown, .unknown, error)]
    }
  }

  /// - Parameter depth: How many archives are around the file.
  private func outcomes(
    of bytes: [UInt8], shown: String, depth: Int, modified: String?, inflater: inout ZipInflater,
    memory: IntakeMemory
  ) -> [FileOutcome] {
    if let (known, format) = WorkbookGridReader().read(bytes, from: memory.workbooks) {
      var book = known
      book.modified = book.modified ?? modified
      return [read(book, shown: shown, format: format, hash: Self.hash(bytes), memory: memory)]
    }
    let format = FileSniffer.format(of: bytes, limits: limits)
    if format == .zip {
      return archive(bytes, shown: shown, depth: depth, inflater: &inflater, memory: memory)
    }
    if format == .encrypted {
      do throws(IntakeProblem) {
        let content = try FileDecryption.content(of: bytes, limits: limits)
        guard FileSniffer.format(of: content, limits: limits) != .encrypted else {
          throw IntakeProblem.encrypted
        }
        return outcomes(
          of: content, shown: shown, depth: depth, modified: modified, inflater: &inflater, memory: memory)
      } catch {
        return [rejected(shown, format, error)]
      }
    }
    if let problem = IntakeProblem(unreadable: format, bytes: bytes) {
      return [rejected(shown, format, problem)]
    }
    guard let formatReader = format.reader else { return [rejected(shown, format, .unsupported(format))] }
    do {
      var book =
        if let workbookReader = formatReader as? WorkbookGridReader {
          try workbookReader.read(bytes, format: format, limits: limits, learning: memory.workbooks)
        } else {
          try formatReader.read(bytes, format: format, limits: limits)
        }
      book.modified = book.modified ?? modified
      if SheetNames.areThoseOfConsolidated(book.grids.map(\.name)), !format.isWorkbook,
        book.grids.contains(where: { $0.cells.count >= GridBounds.cells })
      {
        throw IntakeProblem.tooManyCells
      }
      guard format.isWorkbook || book.textSize <= GridBounds.textBytes else {
        throw IntakeProblem.tooMuchText
      }
      return [read(book, shown: shown, format: format, hash: Self.hash(bytes), memory: memory)]
    } catch let problem as IntakeProblem {
      return [rejected(shown, format, problem)]
    } catch let error as XLSXError {
      return [rejected(shown, error.code == .encrypted ? .encrypted : format, IntakeProblem(error))]
    } catch {
      return [rejected(shown, format, .truncated)]
    }
  }

  /// The forms of a workbook.
  private func read(
    _ book: GridBook, shown: String, format: FileFormat, hash: Int, memory: IntakeMemory
  ) -> FileOutcome {
    let found = content(of: book, shown: shown, memory: memory)
    let submissions = found.submissions
    var findings = found.findings
    if FileExtension.contradicts(shown, format: format) {
      findings.append(
        RuleCatalogue.finding(
          "F02", file: shown,
          ["file": MessageValue(Self.lastPart(shown)), "format": MessageValue(format.rawValue)]))
    }
    if submissions.isEmpty, let part = findings.first(where: { $0.rule == "D10" }) {
      let reason = FileReason.part(part.found?.text ?? "", of: part.unit ?? "")
      return FileOutcome(
        file: InputFile(
          file: shown, state: .ignored, reason: reason, format: format, findings: findings,
          modified: book.modified),
        contentHash: hash)
    }
    guard !submissions.isEmpty else {
      if campaign.isReceivedDocument(
        shown, format: format, opening: book.opening, hasTable: book.hasTable)
      {
        return FileOutcome(
          file: InputFile(
            file: shown, state: .ignored, reason: FileReason.received(nil, format), format: format,
            modified: book.modified),
          contentHash: hash)
      }
      findings.append(
        RuleCatalogue.finding(
          "F03", file: shown,
          ["file": MessageValue(Self.lastPart(shown)), "forms": MessageValue(formNames)]))
      let reason = LocalizedText(zh: "未找到\(formNames)表格", en: "it holds no form (\(formNames))")
      return FileOutcome(
        file: InputFile(
          file: shown, state: .rejected, reason: reason, format: format, findings: findings,
          modified: book.modified),
        contentHash: hash)
    }
    var labels: [String] = []
    for submission in submissions {
      let label = campaign.form(submission.form)?.label ?? submission.form
      if !labels.contains(label) { labels.append(label) }
    }
    let list = labels.joined(separator: "、")
    var reason = LocalizedText(zh: "含\(list)", en: "holds \(list)")
    if !found.samples.isEmpty { reason = FileReason.adding(samples: found.samples, to: reason) }
    return FileOutcome(
      file: InputFile(
        file: shown, state: .adopted, reason: reason,
        format: format,
        findings: findings, modified: book.modified),
      submissions: submissions, below: found.below, contentHash: hash)
  }

  /// What an office below has consolidated already counts unit by unit; anything else is searched for forms.
  private func content(of book: GridBook, shown: String, memory: IntakeMemory) -> (
    submissions: [Submission], below: [UnitBelow], findings: [Finding], samples: [String]
  ) {
    if let consolidated = ConsolidatedWorkbook(
      book, file: shown, campaign: campaign, register: engine.register, plan: workbookPlan)
    {
      let submissions = consolidated.submissions.map { submission in
        var submission = submission
        engine.judge(&submission)
        return submission
      }
      return (submissions, consolidated.below, consolidated.findings(by: engine), [])
    }
    var book = book
    let stamp = book.takeReturnStamp()
    let tables = SampleTables(memory.layouts.locate(in: book), in: book, words: locator.words.groups)
    var submissions = tables.forms.map { located in
      var submission = reader.read(located, in: book, file: shown)
      submission.returned = stamp
      return submission
    }
    let parts = PartsOfUnits.take(from: &submissions)
    for index in submissions.indices { engine.judge(&submissions[index]) }
    return (submissions, [], parts, tables.ignored)
  }

  /// An archive counts as adopted if anything inside it is read; each of its files has a state of its own.
  private func archive(
    _ bytes: [UInt8], shown: String, depth: Int, inflater: inout ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome] {
    guard depth < limits.archiveDepth else {
      return [
        rejected(
          shown, .zip,
          IntakeProblem(
            zh: "压缩包套压缩包超过\(limits.archiveDepth)层，请解压后报送",
            en: "archives inside archives are read to a depth of \(limits.archiveDepth); unpack it"))
      ]
    }
    guard let directory = ZipDirectory(bytes, limit: limits.entryCount) else {
      return [rejected(shown, .zip, .truncated)]
    }
    guard directory.entryCount <= limits.entryCount else {
      return [
        rejected(
          shown, .zip,
          IntakeProblem(
            zh: "压缩包内文件超过\(limits.entryCount)个的限制",
            en: "the archive has more than \(limits.entryCount) entries"))
      ]
    }
    guard !directory.hasOverlaps else {
      return [
        rejected(
          shown, .zip,
          IntakeProblem(
            zh: "压缩包已损坏或是伪造的（内含的文件互相重叠），请重新压缩后报送",
            en: "the archive is damaged or forged (its entries overlap); pack it again"))
      ]
    }
    guard entries.take(directory.entryCount) else {
      return [
        rejected(
          shown, .zip,
          IntakeProblem(
            zh: "本次读取的压缩包内文件合计超过\(entries.limit)个，这个压缩包没有打开，请解压后分批读取",
            en:
              "the archives of this run hold more than \(entries.limit) entries and this one is left closed; read it apart"
          ))
      ]
    }
    var outcomes: [FileOutcome] = []
    for (name, entry) in directory.namedFiles() {
      outcomes += self.outcomes(
        of: entry, named: name, in: bytes, shown: "\(shown)!/\(name)", depth: depth + 1,
        inflater: &inflater, memory: memory)
    }
    guard !outcomes.isEmpty else {
      return [rejected(shown, .zip, IntakeProblem(zh: "压缩包里没有文件", en: "the archive holds no file"))]
    }
    let isRead = outcomes.contains { $0.file.state == .adopted }
    let file = InputFile(
      file: shown, state: isRead ? .adopted : .ignored,
      reason: LocalizedText(
        zh: "压缩包，内含\(outcomes.count)个文件，逐一列出", en: "an archive of \(outcomes.count) files, each listed"),
      format: .zip)
    return [FileOutcome(file: file)] + outcomes
  }

  private func outcomes(
    of entry: ZipDirectory.Entry, named name: String, in archive: [UInt8], shown: String, depth: Int,
    inflater: inout ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome] {
    if let reason = InboxIgnoreList.reason(for: name) { return [ignored(shown, reason)] }
    do {
      let content = try inflater.content(of: entry, in: archive)
      return outcomes(
        of: content, shown: shown, depth: depth, modified: entry.modified, inflater: &inflater, memory: memory
      )
    } catch {
      return [rejected(shown, error == .encrypted ? .encrypted : .unknown, error)]
    }
  }

  private func ignored(_ shown: String, _ reason: LocalizedText) -> FileOutcome {
    FileOutcome(file: InputFile(file: shown, state: .ignored, reason: reason, format: .unknown))
  }

  private func rejected(_ shown: String, _ format: FileFormat, _ problem: IntakeProblem) -> FileOutcome {
    let finding = RuleCatalogue.finding(
      "F01", problem.advice == nil ? "told" : "", file: shown,
      [
        "file": MessageValue(Self.lastPart(shown)), "why": MessageValue(problem.why),
        "advice": MessageValue(problem.advice ?? LocalizedText(zh: "", en: "")),
      ])
    return FileOutcome(
      file: InputFile(file: shown, state: .rejected, reason: problem.why, format: format, findings: [finding])
    )
  }

  private static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func hash(_ bytes: [UInt8]) -> Int {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    hasher.combine(bytes.count)
    return hasher.finalize()
  }
}

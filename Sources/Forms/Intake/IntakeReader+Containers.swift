import XLSX

/// Archives, mails and mailboxes: each of their files has a state of its own.
extension IntakeReader {
  /// What is inside a file; `nil` for a format that holds no files.
  func contents(
    of bytes: [UInt8], _ format: FileFormat, at place: FilePlace, inflater: ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome]? {
    switch format {
    case .zip, .rar, .sevenZip, .tar: archive(bytes, format, at: place, inflater: inflater, memory: memory)
    case .mail: mail(MailMessage(bytes), at: place, inflater: inflater, memory: memory)
    case .mbox: mailbox(MailboxContainer(bytes, limits: limits), at: place, memory: memory)
    default: nil
    }
  }

  /// An archive counts as adopted if anything inside it is read.
  private func archive(
    _ bytes: [UInt8], _ format: FileFormat, at place: FilePlace, inflater: ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome] {
    let shown = place.shown
    var inside: [FileOutcome] = []
    do {
      guard place.archives < limits.archiveDepth else {
        throw IntakeProblem.archivesTooDeep(limits.archiveDepth)
      }
      let archive = try container(bytes, format, inflater: inflater)
      var around = place
      around.archives += 1
      try archive.forEach { file in
        inside += outcomes(of: file, at: around.entering(file), inflater: inflater, memory: memory)
      }
    } catch {
      var problem = error as? IntakeProblem ?? .truncated
      if problem == .truncated, VolumeName.isVolume(shown) { problem = .volume }
      return [rejected(shown, format, problem)] + inside
    }
    guard !inside.isEmpty else {
      return [rejected(shown, format, IntakeProblem(zh: "压缩包里没有文件", en: "the archive holds no file"))]
    }
    let file = InputFile(
      file: shown, state: isRead(inside) ? .adopted : .ignored,
      reason: LocalizedText(
        zh: "压缩包，内含\(inside.count)个文件，逐一列出", en: "an archive of \(inside.count) files, each listed"),
      format: format)
    return [FileOutcome(file: file)] + inside
  }

  private func container(
    _ bytes: [UInt8], _ format: FileFormat, inflater: ZipInflater
  ) throws(IntakeProblem) -> any FileContainer {
    let entries = entries
    func take(_ count: Int) throws(IntakeProblem) {
      guard entries.take(count) else { throw .tooManyEntriesInAll(entries.limit) }
    }
    guard format == .zip else { return PackedContainer(bytes, inflater: inflater) { try take(1) } }
    let archive = try ZipContainer(bytes, inflater: inflater)
    try take(archive.entryCount)
    return archive
  }

  /// - Parameter mailbox: Read message by message, each with limits of its own, like as many files.
  func mailbox(_ mailbox: MailboxContainer, at place: FilePlace, memory: IntakeMemory) -> [FileOutcome] {
    var inside: [FileOutcome] = []
    var count = 0
    do {
      try mailbox.forEach { file in
        count += 1
        inside += outcomes(
          of: file, at: place.entering(file), inflater: ZipInflater(limits: limits), memory: memory)
      }
    } catch {
      return [rejected(place.shown, .mbox, error as? IntakeProblem ?? .truncated)] + inside
    }
    let file = InputFile(
      file: place.shown, state: isRead(inside) ? .adopted : .ignored,
      reason: LocalizedText(
        zh: "邮箱文件，内含\(count)封邮件，逐一列出", en: "a mailbox of \(count) message(s), each listed"),
      format: .mbox)
    return [FileOutcome(file: file)] + inside
  }

  /// A mail's own text is looked at only where nothing attached holds a form, and its pictures where there is nothing else.
  func mail(
    _ message: MailMessage, at place: FilePlace, inflater: ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome] {
    guard place.mails < limits.mailDepth else {
      return [rejected(place.shown, .mail, .mailsTooDeep(limits.mailDepth))]
    }
    let around = place.inside(message) { !engine.register.find(inPart: $0[...]).isEmpty }
    var file = InputFile(file: place.shown, state: .ignored, reason: MailReason.empty, format: .mail)
    file.letter = around.letter
    if let notice = message.notice {
      file.reason = MailReason.notice(notice)
      return [FileOutcome(file: file)]
    }
    var inside: [FileOutcome] = []
    let container = MailContainer(message: message)
    var leftOut = container.leftOut
    try? container.forEach { attached in
      switch attached.role {
      case .file: break
      case .text: if inside.contains(where: { !$0.submissions.isEmpty }) { return }
      case .picture:
        if !inside.isEmpty {
          leftOut += 1
          return
        }
      }
      let found = outcomes(of: attached, at: around.entering(attached), inflater: inflater, memory: memory)
      // Sentences, a table of another kind, an empty form that is quoted: text, and no form that failed.
      if attached.role == .text, !found.contains(where: { $0.submissions.contains(where: \.hasFigures) }) {
        return
      }
      inside += found
    }
    inside += links(of: message, at: around, beside: inside)
    if message.isCutShort { inside.append(rejected(place.shown + "!/…", .unknown, .tooManyParts)) }
    if !inside.isEmpty { file.reason = MailReason.holding(inside.count, leftOut: leftOut, message) }
    if isRead(inside) { file.state = .adopted }
    return [FileOutcome(file: file)] + inside
  }

  /// What was sent as a link only: nobody has it until somebody fetches it.
  private func links(of message: MailMessage, at place: FilePlace, beside others: [FileOutcome])
    -> [FileOutcome]
  {
    let campaign = engine.campaign
    let hasForm = others.contains { !$0.submissions.isEmpty }
    return MailLinks(campaign.documents.links).links(of: message, quoted: !hasForm).flatMap { link in
      (link.names.isEmpty ? [link.service] : link.names).map { name in
        let problem = IntakeProblem(
          zh: "在\(link.service)里，邮件中只有链接，请打开邮件下载后放入收件文件夹",
          en: "it lies on a server (\(link.service)) and the mail has only a link; download it into the inbox"
        )
        var outcome = rejected("\(place.shown)!/\(name)", .unknown, problem)
        if !link.names.isEmpty,
          MailLinks.isNoForm(name) || campaign.namesDocument(name) && !campaign.meansForm(name)
        {
          outcome = ignored("\(place.shown)!/\(name)", problem.why)
        }
        outcome.file.letter = place.letter
        return outcome
      }
    }
  }

  private func outcomes(
    of file: ContainedFile, at place: FilePlace, inflater: ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome] {
    // What is left out here is left out as a whole: of a run that is stopped this file does not count.
    guard !stop.isDown else { return [] }
    defer { progress?() }
    if let reason = InboxIgnoreList.reason(for: file.name) { return [ignored(place.shown, reason)] }
    switch file.content {
    case .message(let message): return mail(message, at: place, inflater: inflater, memory: memory)
    case .bytes(let content):
      do {
        return outcomes(of: try content(), at: place, inflater: inflater, memory: memory).map { outcome in
          var outcome = outcome
          outcome.file.letter = outcome.file.letter ?? place.letter
          return outcome
        }
      } catch {
        let problem = error as? IntakeProblem ?? .truncated
        return [rejected(place.shown, problem == .encrypted ? .encrypted : .unknown, problem)]
      }
    }
  }

  private func isRead(_ outcomes: [FileOutcome]) -> Bool { outcomes.contains { $0.file.state == .adopted } }
}

/// Names of parts into which archivers split what is large: `报表.part2.rar`, `报表.7z.001`, `报表.z01`, `报表.r00`.
enum VolumeName {
  static func isVolume(_ shown: String) -> Bool {
    let name = (shown.split(separator: "/").last ?? "").lowercased()
    return name.contains(/\.(part\d+\.rar|\d{3}|[zr]\d{2})$/)
  }
}

extension IntakeProblem {
  static let volume = IntakeProblem(
    zh: "是分卷压缩包的一部分，请把各卷放在一起解压后再收", en: "it is one part of a split archive; unpack all of them together")

  fileprivate static func archivesTooDeep(_ limit: Int) -> IntakeProblem {
    IntakeProblem(
      zh: "压缩包套压缩包超过\(limit)层，请解压后报送",
      en: "archives inside archives are read to a depth of \(limit); unpack it")
  }

  fileprivate static func mailsTooDeep(_ limit: Int) -> IntakeProblem {
    IntakeProblem(
      zh: "邮件套邮件超过\(limit)层，请把里面的附件另存出来再收",
      en: "messages inside messages are read to a depth of \(limit); save what is attached to the inner ones")
  }

  fileprivate static func tooManyEntriesInAll(_ limit: Int) -> IntakeProblem {
    IntakeProblem(
      zh: "本次读取的压缩包内文件合计超过\(limit)个，这个压缩包没有打开，请解压后分批读取",
      en:
        "the archives of this run hold more than \(limit) entries and this one is left closed; read it apart")
  }

  fileprivate static let tooManyParts = IntakeProblem(
    zh: "邮件的附件太多或套得太深，其余没有读取，请把附件另存出来再收",
    en: "the message has too many parts or too many inside one another; save what is attached to it")
}

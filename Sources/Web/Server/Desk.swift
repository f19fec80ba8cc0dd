import Forms
import Foundation

/// What all rooms of one server share.
struct Desk: Sendable {
  let folder: OfficeFolder
  let uploads: Uploads
  let bus: EventBus
  let ledger: LedgerDesk
  let decisions: DecisionDesk
  let access: Access
  /// The links by which units send in by themselves; `nil` where they do not.
  let portal: PortalLinks?
  /// Who may come from another machine; empty where only this one may.
  let people: People
  let sessions = Sessions()
  let version: String
  let language: Language
  /// Where the folder lies, as people know it.
  let place: String
  /// Ends the server.
  let stop: @Sendable () -> Void

  var inbox: String { folder.inbox }
  /// Whether only the person at this machine is let in, who may make and open folders.
  var isAlone: Bool { people.names.isEmpty && access.proxied.isEmpty }

  func view(_ exchange: Exchange) async throws -> FolderView { try await folder.view(asOf: exchange.asOf) }

  /// Notes what was done.
  ///
  /// - Returns: Whether it is on the disk.
  @discardableResult
  func record(_ entries: [LedgerEntry], by person: String) async -> Bool {
    let ledger = ledger
    return (try? await Blocking.light { ledger.note(entries, by: person) }) ?? false
  }

  func changed() async {
    await folder.noteChange()
    await bus.tell(.init(name: "change", data: "{}"))
  }
}

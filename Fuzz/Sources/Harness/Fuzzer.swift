/// libFuzzer's loop. Swift's own `main` calls it, because SwiftPM gives every executable one.
public enum Fuzzer {
  /// One input. What is wrong with it ends the program, which is how libFuzzer learns of it.
  public typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

  /// Runs a target with the options of the command line until its time is up or it crashes.
  public static func run(_ target: Target) -> Never {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(drive(&count, &arguments, target))
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@_silgen_name("LLVMFuzzerRunDriver")
private func drive(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ target: Fuzzer.Target
) -> CInt

/// Ends the program because a property does not hold.
public func violated(_ property: String) -> Never { fatalError("property violated: \(property)") }

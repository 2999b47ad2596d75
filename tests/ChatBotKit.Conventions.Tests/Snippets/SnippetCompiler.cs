using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compiles pages against the assemblies that these tests run with.</summary>
internal static class SnippetCompiler
{
    // A call that nobody waits for, and a member that is out of use, are as bad on a page as what does not compile.
    private static readonly Dictionary<string, ReportDiagnostic> AsErrors = new()
    {
        ["CS4014"] = ReportDiagnostic.Error,
        ["CS0612"] = ReportDiagnostic.Error,
        ["CS0618"] = ReportDiagnostic.Error,
    };

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>What is wrong on a page, as <c>page(line): message</c>.</summary>
    public static IReadOnlyList<string> ProblemsOf(string page, string markdown)
    {
        var snippets = Snippet.Of(markdown).Where(snippet => snippet.IsCompiled).ToList();
        var tree = CSharpSyntaxTree.ParseText(SnippetProgram.Of(page, snippets), cancellationToken: TestContext.Current.CancellationToken);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: AsErrors);
        return
        [
            .. CSharpCompilation.Create("Page", [tree], References.Value, options)
                .GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => Text(page, diagnostic)),
        ];
    }

    private static string Text(string page, Diagnostic diagnostic) =>
        $"{page}({diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1}): {diagnostic.Id} {diagnostic.GetMessage(null)}";
}

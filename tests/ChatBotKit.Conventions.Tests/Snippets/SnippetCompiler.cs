using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compiles pages against the assemblies that these tests run with.</summary>
internal static class SnippetCompiler
{
    // The implicit usings of a console program.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // On a page, a call that is not awaited and an obsolete member count as errors.
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

    /// <summary>Returns the diagnostics of a page, as <c>page(line): message</c>.</summary>
    public static IReadOnlyList<string> ProblemsOf(string page, string markdown)
    {
        var snippets = Snippet.Of(markdown).Where(snippet => snippet.IsCompiled).ToList();
        return ProblemsOf(page, OutputKind.DynamicallyLinkedLibrary, SnippetProgram.Of(page, snippets));
    }

    /// <summary>Returns the diagnostics of a page's blocks when they are joined to one Program.cs.</summary>
    public static IReadOnlyList<string> ProblemsOfProgram(string markdown) => ProblemsOf(
        "Program.cs", OutputKind.ConsoleApplication, string.Join('\n', Snippet.Of(markdown).Select(snippet => snippet.Code)), ImplicitUsings);

    private static List<string> ProblemsOf(string page, OutputKind kind, params IEnumerable<string> sources)
    {
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: AsErrors);
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken));
        return
        [
            .. CSharpCompilation.Create("Page", trees, References.Value, options)
                .GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => Text(page, diagnostic)),
        ];
    }

    private static string Text(string page, Diagnostic diagnostic) =>
        $"{page}({diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1}): {diagnostic.Id} {diagnostic.GetMessage(null)}";
}

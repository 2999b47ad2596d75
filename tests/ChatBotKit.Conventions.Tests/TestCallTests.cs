using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Tests speak to a server in one way: <c>ApiCalls</c> sends, and nothing else calls a method of <see cref="HttpClient"/>.</summary>
public sealed class TestCallTests
{
    private const string Dialect = "tests/ChatBotKit.Server.Tests/ApiCalls.cs";

    /// <summary>Files that send by themselves, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["tests/ChatBotKit.EndToEnd.Tests/ImpatientProxyTests.cs"] = "is a proxy, which hands on what it gets",
        ["tests/ChatBotKit.Faults/Contract/Answer.cs"] = "sends what no careful client would",
        ["tests/ChatBotKit.Faults/Kill/ApiConnection.cs"] = "a server that was killed shows itself as an exception, which is no failure",
        ["tests/ChatBotKit.Faults/Load/LoadServer.cs"] = "a load ends with a token of its own, and counts failures",
    };

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Xunit;
        """;

    // All test projects at once: a client is often made in one file and used in another.
    private static readonly Lazy<IReadOnlyList<string>> Calls = new(() => [.. FindCalls()]);

    [Fact]
    public void EveryCallOfAClient_IsMade_ByTheSharedMethods() => Problems.AssertNone(
        $"call of HttpClient outside {Dialect}",
        Calls.Value.Where(call => !call.StartsWith(Dialect, StringComparison.Ordinal) && !Exceptions.Keys.Any(key => call.StartsWith(key, StringComparison.Ordinal))));

    [Fact]
    public void EveryException_IsStillOne() =>
        Assert.All([Dialect, .. Exceptions.Keys], key => Assert.Contains(Calls.Value, call => call.StartsWith(key, StringComparison.Ordinal)));

    private static IEnumerable<string> FindCalls()
    {
        var trees = Repository.SourceFiles("tests").Select(path => CSharpSyntaxTree.ParseText(Repository.Read(path), path: path)).ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        // The packages of the other test projects are missing, which does not change what a method of HttpClient is. The name is
        // one to which the server shows its internals: a call with an argument that cannot be read is taken for another.
        var compilation = CSharpCompilation.Create(
            "ChatBotKit.Server.Tests", [CSharpSyntaxTree.ParseText(ImplicitUsings), .. trees], references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        foreach (var tree in trees)
        {
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsLikeACall))
            {
                var found = compilation.GetSemanticModel(tree).GetSymbolInfo(call);
                if (new[] { found.Symbol }.Concat(found.CandidateSymbols).Any(IsOfHttpClient))
                    yield return $"{tree.FilePath}:{call.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {call.Expression}";
            }
        }
    }

    private static bool IsLikeACall(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name }
        && name.EndsWith("Async", StringComparison.Ordinal)
        && ((string[])["Send", "Get", "Post", "Put", "Patch", "Delete"]).Any(verb => name.StartsWith(verb, StringComparison.Ordinal));

    private static bool IsOfHttpClient(ISymbol? method) => method?.ContainingType?.ToDisplayString() is
        "System.Net.Http.HttpClient" or "System.Net.Http.HttpMessageInvoker" or "System.Net.Http.Json.HttpClientJsonExtensions";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks the length of files and methods. Comments do not count.</summary>
public sealed class LengthTests
{
    private const int MaxFile = 200;

    /// <summary>Higher, because a test class consists of independent cases.</summary>
    private const int MaxTestFile = 400;

    private const int MaxMethod = 35;

    private const string OneCasePerField = "one switch with a case for each field that endpoints send";

    /// <summary>The files that are longer, with the reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>The methods that are longer, with the reason.</summary>
    private static readonly Dictionary<string, string> LongMethods = new()
    {
        ["src/ChatBotKit.Server/ModelProviders/OpenAi/Answers/OpenAiChoiceReader.cs Read"] = OneCasePerField,
        ["src/ChatBotKit.Server/ModelProviders/OpenAi/Answers/OpenAiChunkReader.cs ReadRoot"] = OneCasePerField,
        ["src/ChatBotKit.Server/ModelProviders/OpenAi/Answers/OpenAiDeltaReader.cs Read"] = OneCasePerField,
    };

    [Fact]
    public void EveryFile_IsShort() => Problems.AssertNone(
        $"file of more than {MaxFile} lines",
        from path in Repository.SourceFiles("src", "samples", "bench")
        let lines = Lines(Repository.Read(path))
        where lines > MaxFile && !LongFiles.ContainsKey(path)
        select $"{path}: {lines}");

    [Fact]
    public void EveryTestFile_IsShort() => Problems.AssertNone(
        $"test file of more than {MaxTestFile} lines",
        from path in Repository.SourceFiles("tests")
        let lines = Lines(Repository.Read(path))
        where lines > MaxTestFile
        select $"{path}: {lines}");

    [Fact]
    public void EveryMethod_IsShort() => Problems.AssertNone(
        $"method of more than {MaxMethod} lines",
        from path in Repository.SourceFiles("src", "samples", "bench")
        from method in Methods(Repository.Read(path))
        where method.Lines > MaxMethod && !LongMethods.ContainsKey($"{path} {method.Name}")
        select $"{path} {method.Name}: {method.Lines}");

    [Fact]
    public void EveryException_IsStillOne()
    {
        Assert.All(LongFiles.Keys, path => Assert.True(Lines(Repository.Read(path)) > MaxFile, path));
        Assert.All(LongMethods.Keys, key =>
        {
            var (path, name) = (key[..key.IndexOf(' ', StringComparison.Ordinal)], key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            Assert.Contains(Methods(Repository.Read(path)), method => method.Name == name && method.Lines > MaxMethod);
        });
    }

    private static int Lines(string source) =>
        source.TrimEnd('\n').Split('\n').Count(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    /// <summary>
    /// Returns methods with a block body, and the number of lines between its braces. Methods with an expression body are not
    /// limited.
    /// </summary>
    private static IEnumerable<(string Name, int Lines)> Methods(string source) =>
        from body in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<BlockSyntax>()
        let name = NameOf(body.Parent)
        where name is not null
        select (name, Lines(body.ToString()) - 2);

    private static string? NameOf(SyntaxNode? owner) => owner switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => null,
    };
}

using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ChatBotKit.Conventions.Tests;

/// <summary>
/// Joins the blocks of a page to one program. Each block can use, and redeclare, what earlier blocks declare. Members that every
/// page assumes are declared here.
/// </summary>
internal static class SnippetProgram
{
    private const string Before = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using ChatBotKit;
        using ChatBotKit.Testing;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.AI;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;
        using Xunit;
        """;

    private const string Scene = """
        static string apiToken = "";
        static string secret = "";
        static string conversationId = "";
        static string botId = "";
        static string fileId = "";
        static ChatBotKitApi api = null!;
        static WebApplicationBuilder builder = null!;
        static WebApplication app = null!;
        static CancellationToken cancellationToken;
        """;

    public static string Of(string page, IReadOnlyList<Snippet> snippets)
    {
        var usings = new StringBuilder(Before).Append('\n');
        var members = new StringBuilder(Scene).Append('\n');
        var statements = new StringBuilder();
        foreach (var (number, snippet) in snippets.Index())
        {
            var root = CSharpSyntaxTree.ParseText(snippet.Code).GetCompilationUnitRoot();
            foreach (var found in root.Usings.Where(found => !usings.ToString().Contains($"{found}\n", StringComparison.Ordinal)))
                usings.Append($"{found}\n");
            members.Append(snippet.Given).Append('\n');
            Append(members, page, snippet, root.Members.Where(member => member is not GlobalStatementSyntax));
            // A local function may redeclare names of its surroundings.
            statements.Append($"await Block{number}Async();\nasync Task Block{number}Async()\n{{\nawait Task.CompletedTask;\n");
            Append(statements, page, snippet, root.Members.OfType<GlobalStatementSyntax>());
        }

        statements.Append('}', snippets.Count);
        return $"{usings}static class Page\n{{\n{members}\nstatic async Task RunAsync()\n{{\n{statements}\n}}\n}}\n";
    }

    // Every member has its line on the page, which diagnostics then show.
    private static void Append(StringBuilder result, string page, Snippet snippet, IEnumerable<MemberDeclarationSyntax> members)
    {
        foreach (var member in members)
        {
            var line = snippet.Line + member.GetLocation().GetLineSpan().StartLinePosition.Line;
            result.Append($"#line {line} \"{page}\"\n{member}\n#line hidden\n");
        }
    }
}

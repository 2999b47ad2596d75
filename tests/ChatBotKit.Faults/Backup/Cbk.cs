using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatBotKit.Cli;

namespace ChatBotKit.Faults.Backup;

/// <summary>The command-line program, run in this process or in another one.</summary>
internal static class Cbk
{
    /// <summary>Runs the program to its end; returns its output and its exit code.</summary>
    public static async Task<CbkResult> RunAsync(Uri? server, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var variables = new Dictionary<string, string?>
        {
            ["CHATBOTKIT_URL"] = server?.AbsoluteUri,
            ["CHATBOTKIT_API_SECRET"] = BackupServer.Secret,
        };
        var code = await Cli.Cli.RunAsync(args, new Surroundings
        {
            In = TextReader.Null,
            Out = output,
            Error = error,
            IsInteractive = false,
            ConfigDirectory = Path.Combine(Path.GetTempPath(), "no-such-directory-of-chatbotkit"),
            Variable = variables.GetValueOrDefault,
            ReadSecret = () => null,
            Interrupts = new Interrupts(),
        });
        return new CbkResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program, which must succeed.</summary>
    public static async Task<JsonNode> DoAsync(Uri? server, params string[] args)
    {
        var result = await RunAsync(server, args);
        Assert.True(result.Code == ExitCodes.Success, $"cbk {string.Join(' ', args)}: {result.Code} {result.Error}");
        return JsonNode.Parse(result.Output)!;
    }

    /// <summary>Starts the program in another process that can be killed.</summary>
    public static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Surroundings).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}

internal sealed record CbkResult(int Code, string Output, string Error);

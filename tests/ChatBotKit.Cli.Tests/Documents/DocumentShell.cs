using System.Diagnostics;
using System.Text;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Cli.Tests.Documents;

/// <summary>A shell for the commands of one page, with a server if the page assumes one.</summary>
internal sealed class DocumentShell : IAsyncDisposable
{
    /// <summary>The text after the status of each response that curl prints on a separate line.</summary>
    public const string StatusMark = " was the status";

    private const string Documented = "127.0.0.1:8080";
    private const string SecretOption = "--CHATBOTKIT_API_SECRET";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _place;
    private readonly IReadOnlyList<CommandBlock> _blocks;
    private readonly WebApplication _server;
    private readonly string _secret;
    private int _runs;

    private DocumentShell(DirectoryInfo place, IReadOnlyList<CommandBlock> blocks, WebApplication server, string secret)
    {
        (_place, _blocks, _server, _secret) = (place, blocks, server, secret);
        var tools = Directory.CreateDirectory(Path.Combine(place.FullName, "tools"));
        AddTool(tools, "cbk", $"exec '{PseudoTerminal.Program}' \"$@\"");
        // The status is printed even if jq consumes the response.
        AddTool(tools, "curl", $$"""PATH="${PATH#*:}"; exec curl -w '%{stderr}\n%{http_code}{{StatusMark}}\n' "$@" """);
    }

    /// <summary>Starts the server as the page does, but on a free port.</summary>
    public static async Task<DocumentShell> StartAsync(IReadOnlyList<CommandBlock> blocks)
    {
        var words = blocks.Where(block => block.IsServer).SelectMany(block => block.Lines[0].Split(' ')).ToList();
        var secret = words.SkipWhile(word => word != SecretOption).ElementAtOrDefault(1) ?? ServerFactory.OwnerSecret;
        var place = Directory.CreateTempSubdirectory("chatbotkit-documents-");
        var server = await ServerFactory.StartInAsync(
            Path.Combine(place.FullName, "data"), settings: new Dictionary<string, string?> { ["CHATBOTKIT_API_SECRET"] = secret });
        return new DocumentShell(place, blocks, server, secret);
    }

    /// <summary>Runs all commands of the page in a new folder. The first one that fails fails the test.</summary>
    /// <returns>The output of the commands.</returns>
    public async Task<string> RunAsync()
    {
        var folder = _place.CreateSubdirectory($"run-{++_runs}");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "data"), Path.Combine(_place.FullName, "data"));
        var commands = string.Join('\n', _blocks.Where(block => block.IsRun).Select(block => $"{block.Given}\n{block.Commands}"));
        var script = Path.Combine(folder.FullName, "page.sh");
        await File.WriteAllTextAsync(
            script, $"set -eo pipefail\n{commands.Replace(Documented, new Uri(_server.Urls.Single()).Authority, StringComparison.Ordinal)}\n", TestContext.Current.CancellationToken);

        using var shell = Process.Start(StartInfo(folder.FullName, script))!;
        var output = Task.WhenAll(shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        // The input for a command that asks for the API token.
        await shell.StandardInput.WriteAsync($"{_secret}\n");
        shell.StandardInput.Close();
        try
        {
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        finally
        {
            if (!shell.HasExited)
                shell.Kill(entireProcessTree: true);
        }

        var written = string.Join('\n', await output);
        Assert.True(shell.ExitCode == 0, $"{_blocks[0].Page}, run {_runs}: exit code {shell.ExitCode}\n{written}");
        return written;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Delete(recursive: true);
    }

    private static void AddTool(DirectoryInfo tools, string name, string command)
    {
        var tool = Path.Combine(tools.FullName, name);
        File.WriteAllText(tool, $"#!/bin/sh\n{command}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private ProcessStartInfo StartInfo(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", [script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["PATH"] = $"{Path.Combine(_place.FullName, "tools")}:{start.Environment["PATH"]}";
        start.Environment["HOME"] = start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_place.FullName, "home");
        start.Environment["CHATBOTKIT_API_SECRET"] = _secret;
        start.Environment["CHATBOTKIT_URL"] = _server.Urls.Single();
        foreach (var proxy in new[] { "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY" })
            start.Environment.Remove(proxy);
        return start;
    }
}

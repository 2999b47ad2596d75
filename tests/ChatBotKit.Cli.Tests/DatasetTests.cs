using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Cli.Tests;

/// <summary>
/// The server does not import files into datasets, so these tests use a stand-in that stores files as the API describes it.
/// </summary>
public sealed class DatasetTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, (JsonNode Meta, byte[] Bytes)> _files = [];
    private readonly List<string> _attached = [];
    private readonly List<string> _synced = [];
    private readonly Terminal _terminal = new();
    private WebApplication _server = null!;
    private string _folder = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        Map(_server);
        await _server.StartAsync(Token);
        _terminal.Variables["CHATBOTKIT_URL"] = _server.Urls.Single();
        _terminal.Variables["CHATBOTKIT_API_SECRET"] = "sk-any";
        _folder = Path.Combine(_terminal.Home, "texts");
        Directory.CreateDirectory(Path.Combine(_folder, "inner"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.md"), "A", Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "inner", "b.md"), "B", Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "c.png"), "C", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _terminal.Dispose();
    }

    [Fact]
    public async Task Import_AtATerminal_ShowsItsProgress()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pseudo-terminals are made by script of util-linux.");
        await using var terminal = PseudoTerminal.Start($"\"$CBK\" dataset import '{_folder}'; echo rc=$?", columns: 80, _terminal.Variables);

        var shown = await terminal.EndAsync();

        Assert.Contains("rc=0", shown, StringComparison.Ordinal);
        Assert.Contains("100%", shown, StringComparison.Ordinal);
        Assert.Contains("\e[", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperationThatTheServerDoesNotServe_IsToldApartFromAWrongId()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("api", "bot", "list"));

        Assert.Contains("(NOT_SERVED)", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains($"tried: {_server.Urls.Single()}/api/v1/bot/list (address from CHATBOTKIT_URL)", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains($"this server does not support it. {_server.Urls.Single()}/api/v1/spec lists", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_AddsTheFilesOfTheFolder(bool isInteractive)
    {
        _terminal.IsInteractive = isInteractive;

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("dataset", "import", _folder, "--pattern", "*.md"));
        Assert.Equal("d1", _terminal.Out.Trim());
        Assert.Contains("2 added, 0 changed, 0 unchanged", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(["a.md", "inner/b.md"], _files.Values.Select(file => (string)file.Meta["source"]!).Order());
        Assert.Equal(["A", "B"], _files.Values.Select(file => System.Text.Encoding.UTF8.GetString(file.Bytes)).Order());
        Assert.Equal(2, _attached.Count);
    }

    [Fact]
    public async Task Import_Again_SendsWhatChangedAlone()
    {
        await _terminal.RunAsync("dataset", "import", _folder, "--pattern", "*.md");
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.md"), "A2", Token);

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("dataset", "import", _folder, "--pattern", "*.md", "--dataset", "d1"));
        Assert.Contains("0 added, 1 changed, 1 unchanged", _terminal.Error, StringComparison.Ordinal);
        Assert.Single(_synced);
        Assert.Contains("A2", _files.Values.Select(file => System.Text.Encoding.UTF8.GetString(file.Bytes)));
    }

    [Theory]
    [InlineData("missing-folder", "*")]
    [InlineData("", "*.nothing")]
    public async Task Import_OfNothing_IsAMistakeOfUsage(string folder, string pattern) =>
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("dataset", "import", Path.Combine(_folder, folder), "--pattern", pattern));

    private void Map(WebApplication app)
    {
        app.MapGet("/api/v1/bot/list", () => Results.Json(
            new JsonObject { ["message"] = "This server does not serve GET /bot/list.", ["code"] = "NOT_SERVED" }, statusCode: 404));
        app.MapPost("/api/v1/dataset/create", () => new JsonObject { ["id"] = "d1" });
        app.MapGet("/api/v1/dataset/d1/file/list", () => Results.Text(
            string.Concat(_attached.Select(id => $$$"""{"type":"item","data":{"id":"{{{id}}}","meta":{{{_files[id].Meta.ToJsonString()}}},"createdAt":1,"updatedAt":1}}""" + "\n")),
            "application/jsonl"));
        app.MapPost("/api/v1/file/create", (JsonObject body) =>
        {
            var id = $"f{_files.Count + 1}";
            _files[id] = (body["meta"]!.DeepClone(), []);
            return new JsonObject { ["id"] = id };
        });
        app.MapPost("/api/v1/file/{id}/update", (string id, JsonObject body) =>
        {
            _files[id] = (body["meta"]!.DeepClone(), _files[id].Bytes);
            return new JsonObject { ["id"] = id };
        });
        app.MapPost("/api/v1/file/{id}/upload", (string id, HttpRequest request) => new JsonObject
        {
            ["id"] = id,
            ["uploadRequest"] = new JsonObject
            {
                ["method"] = "PUT",
                ["url"] = $"{request.Scheme}://{request.Host}/bytes/{id}",
                ["headers"] = new JsonObject(),
            },
        });
        app.MapPut("/bytes/{id}", async (string id, HttpRequest request) =>
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes);
            _files[id] = (_files[id].Meta, bytes.ToArray());
        });
        app.MapPost("/api/v1/dataset/d1/file/{id}/attach", (string id) =>
        {
            _attached.Add(id);
            return new JsonObject { ["id"] = id };
        });
        app.MapPost("/api/v1/dataset/d1/file/{id}/sync", (string id) =>
        {
            _synced.Add(id);
            return new JsonObject { ["id"] = id };
        });
    }
}

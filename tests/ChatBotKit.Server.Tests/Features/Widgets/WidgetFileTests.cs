using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The files in the places of widgets.</summary>
public sealed class WidgetFileTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private string _widget = null!;
    private string _file = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _widget = ApiJson.Id(await _server.PostAsync("integration/widget/create", """{"alias":"shop"}"""));
        _file = await _server.CreateFileAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task File_IsInItsPlace_UntilItIsDetached()
    {
        var attached = await _server.PostAsync($"integration/widget/@shop/file/{_file}/attach", """{"type":"user"}""");
        Assert.Equal($$"""{"id":"{{_file}}","type":"user","widgetIntegrationId":"{{_widget}}"}""", attached.GetRawText());

        var detached = await _server.PostAsync($"integration/widget/{_widget}/file/{_file}/detach", "{}");

        Assert.Equal(attached.GetRawText(), detached.GetRawText());
        await AssertNotThereAsync(_file);
    }

    [Fact]
    public async Task Place_HoldsOneFile()
    {
        var other = await _server.CreateFileAsync();
        await AttachAsync(_file, "bar");
        await AttachAsync(other, "bar");

        await AssertNotThereAsync(_file);
        Assert.Equal("bar", (await DetachAsync(other)).Text("type"));
    }

    [Fact]
    public async Task FileInTwoPlaces_IsDetachedFromBoth()
    {
        await AttachAsync(_file, "user");
        await AttachAsync(_file, "button");

        Assert.Equal("button", (await DetachAsync(_file)).Text("type"));
        await AssertNotThereAsync(_file);
    }

    [Fact]
    public async Task DeletedFile_LeavesItsPlace()
    {
        await AttachAsync(_file, "bot");
        await _server.PostAsync($"file/{_file}/delete", "{}");

        Assert.Null(await _server.Server.Store.QueryAsync(db => db.FindWidgetPlaceAsync(_widget, _file), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task UnknownThings_AreRefused()
    {
        using var stranger = await _server.StrangerAsync();
        var foreign = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "file/create", """{"visibility":"public"}"""));
        var path = $"integration/widget/{_widget}/file/{_file}";

        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST: \"type\" must be one of [bar, user, bot, button]", HttpMethod.Post, $"{path}/attach", """{"type":"foot"}""");
        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"{path}/attach", "{}");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: File not found", HttpMethod.Post, $"integration/widget/{_widget}/file/{foreign}/attach", """{"type":"bar"}""");
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND: Widget not found", HttpMethod.Post, $"integration/widget/unknown/file/{_file}/attach", """{"type":"bar"}""");
        await stranger.AssertRefusedAsync("404 NOT_FOUND: Widget not found", HttpMethod.Post, $"integration/widget/{_widget}/file/{foreign}/attach", """{"type":"bar"}""");
    }

    private Task<JsonElement> AttachAsync(string file, string type) =>
        _server.PostAsync($"integration/widget/{_widget}/file/{file}/attach", $$"""{"type":"{{type}}"}""");

    private Task<JsonElement> DetachAsync(string file) => _server.PostAsync($"integration/widget/{_widget}/file/{file}/detach", "{}");

    private Task<string> AssertNotThereAsync(string file) => _server.Owner.AssertRefusedAsync(
        "404 NOT_FOUND: File of the widget not found", HttpMethod.Post, $"integration/widget/{_widget}/file/{file}/detach", "{}");
}

using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

public sealed class MagicTests : IAsyncLifetime
{
    private EngineServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EngineServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Prompt_IsFilledWithTheValues_AndItsTokensAreCounted()
    {
        _server.Model.Answer(script => script.Text("Guten ", "Tag").Usage(20, 3));

        var answer = await _server.Http.ReadAsync(
            HttpMethod.Post, "magic/translate/generate", new { text = "Good day", model = "scripted", props = new { language = "German" } });

        Assert.Equal("Guten Tag", answer.Text("text"));
        Assert.Equal(23, answer.GetProperty("usage").GetProperty("token").GetInt32());
        var sent = _server.Model.Requests[^1];
        Assert.Contains("into German", sent.LastText("system"), StringComparison.Ordinal);
        Assert.Equal("Good day", sent.LastText("user"));
    }

    [Fact]
    public async Task Prompt_WithoutAValue_HasItsDefault()
    {
        await _server.Http.ReadAsync(HttpMethod.Post, "magic/@translate/generate", new { text = "Guten Tag", model = "scripted" });

        Assert.Contains("into English", _server.Model.Requests[^1].LastText("system"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_CanBeStreamed()
    {
        _server.Model.Answer(script => script.Text("A ", "title"));

        var run = await _server.RunAsync("/v1/magic/name-conversation/generate", new { text = "user: hello", model = "scripted" });

        Assert.Equal("A title", run.Said);
        Assert.Equal("A title", run.Text);
    }

    [Fact]
    public async Task EveryPrompt_OfTheList_Works()
    {
        foreach (var prompt in (await _server.Http.ReadAsync(HttpMethod.Get, "magic/list")).Items())
        {
            await _server.Http.ReadAsync(HttpMethod.Post, $"magic/{prompt.Text("alias")}/generate", new { text = "a", model = "scripted" });
            Assert.DoesNotContain("{{", _server.Model.Requests[^1].LastText("system"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_InPages_HasEveryPromptOnce()
    {
        var all = (await _server.Http.ReadAsync(HttpMethod.Get, "magic/list")).Items().Select(prompt => prompt.Text("id")).ToList();
        var (read, cursor) = (new List<string?>(), "");
        do
        {
            var page = (await _server.Http.ReadAsync(HttpMethod.Get, $"magic/list?take=4{cursor}")).Items().Select(prompt => prompt.Text("id")).ToList();
            read.AddRange(page);
            cursor = page.Count == 0 ? "" : $"&cursor={page[^1]}";
        }
        while (cursor.Length > 0 && read.Count <= all.Count);

        Assert.Equal(all, read);
    }

    [Theory]
    [InlineData("unknown", """{"text":"a"}""", "404 NOT_FOUND: Prompt not found")]
    [InlineData("summarize", """{"text":" "}""", "400 BAD_REQUEST: *text*")]
    [InlineData("summarize", """{"text":"a","model":"scripted/colour=red"}""", "400 BAD_REQUEST")]
    [InlineData("summarize", """{"text":"a","model":"extractive"}""", "422 UNPROCESSABLE_ENTITY")]
    public Task Prompt_ThatCanNotBeUsed_IsRefused(string prompt, string body, string refusal) =>
        _server.Http.AssertRefusedAsync(refusal, HttpMethod.Post, $"magic/{prompt}/generate", body);
}

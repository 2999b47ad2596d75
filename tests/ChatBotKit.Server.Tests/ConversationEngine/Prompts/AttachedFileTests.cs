using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.Features;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>The parts of attached files that a model gets.</summary>
public sealed class AttachedFileTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TextFile_IsGivenAsText()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, "The code word is heliotrope."u8.ToArray(), "application/octet-stream");

        await server.CompleteAsync(id, new { text = "What is the code word?" });

        var messages = server.Model.Requests.Single().Messages;
        Assert.Equal(["user", "user"], messages.Select(message => message.Text("role")));
        Assert.Contains("heliotrope", messages[0].Text("content"), StringComparison.Ordinal);
        Assert.Equal("What is the code word?", messages[1].Text("content"));
        Assert.DoesNotContain("tool_calls", server.Model.Requests.Single().Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_IsGivenAsAPicture_WhateverItWasCalled()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, Png, "text/plain");

        await server.CompleteAsync(id, new { text = "What is it?" });

        var picture = server.Model.Requests.Single().Messages[0].GetProperty("content")[1];
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(Png)}", picture.GetProperty("image_url").Text("url"));
        Assert.Equal("What is it?", server.Model.Requests.Single().LastText("user"));
    }

    [Fact]
    public async Task OtherFile_IsNamedWithTypeAndSize()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, "%PDF-1.7 a text that is none"u8.ToArray(), "application/pdf");

        await server.CompleteAsync(id, new { text = "What is it?" });

        var told = server.Model.Requests.Single().Messages[0].Text("content")!;
        Assert.Contains("(application/pdf, 28 bytes).] Its content can't be shown to you.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("a text", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_OfAnotherConversation_IsNotRead()
    {
        await using var server = await EngineServer.StartAsync();
        var (mine, other) = (await server.AddConversationAsync(), await server.AddConversationAsync());
        var name = (await UploadAsync(server, other, "secret of the other"u8.ToArray(), "text/plain")).Text("name");
        var meta = $$$$$"""{"activity":{"type":"request","callId":"c","function":{"name":"uploadAttachment","arguments":{"url":"attachment://{{{{{name}}}}}"}}}}""";
        await server.AddMessageAsync(mine, "activity", "", System.Text.Json.Nodes.JsonNode.Parse(meta));

        await server.CompleteAsync(mine, new { text = "What is it?" });

        var sent = server.Model.Requests.Single().Body.GetRawText();
        Assert.DoesNotContain("secret of the other", sent, StringComparison.Ordinal);
        Assert.Contains("It can't be read.", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_TakeNoMoreRoomThanTheSettingGives_NewestFirst()
    {
        await using var server = await EngineServer.StartAsync(more: [("CHATBOTKIT_PROMPT_TEXT_BYTES", "100")]);
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, Encoding.UTF8.GetBytes(new string('a', 200)), "text/plain");
        await UploadAsync(server, id, Encoding.UTF8.GetBytes(new string('é', 30)), "text/plain");

        await server.CompleteAsync(id, new { text = "Hello" });

        var told = server.Model.Requests.Single().Messages[0].Text("content")!;
        Assert.Contains(new string('é', 30) + "\n[End of the file.]", told, StringComparison.Ordinal);
        Assert.Contains(new string('a', 40) + "\n[Only the beginning of the file is shown.]", told, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('a', 41), told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WhoseBytesAreGone_LeavesTheAnswerAlone()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, "Hello"u8.ToArray(), "text/plain");
        var blobs = server.Server.App.Services.GetRequiredService<IBlobStore>();
        await blobs.DeleteAsync(await blobs.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token), Token);

        Assert.Equal("stop", (await server.CompleteAsync(id, new { text = "Hello" })).EndReason);
    }

    [Fact]
    public async Task File_BetweenACallAndItsAnswer_StandsBehindThem()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.ToolCall("c1", "look", "{}"));
        await server.CompleteAsync(id, new { text = "Hello", functions = Functions.AnsweredByCaller("look") });
        await UploadAsync(server, id, "a file"u8.ToArray(), "text/plain");
        var answer = """{"activity":{"type":"response","callId":"c1","function":{"name":"look","arguments":{},"result":"7"}}}""";
        await server.AddMessageAsync(id, "activity", "", System.Text.Json.Nodes.JsonNode.Parse(answer));

        await server.CompleteAsync(id, new { });

        Assert.Equal(["user", "assistant", "tool", "user"], server.Model.Requests[1].Messages.Select(message => message.Text("role")));
        Assert.Contains("a file", server.Model.Requests[1].Messages[3].Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extractive_FindsTextInTextFiles()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync(model: "extractive");
        await UploadAsync(server, id, "Opening hours: the shop is open from nine to six.\n\nThe parrot is called Polly."u8.ToArray(), "text/plain");

        var run = await server.CompleteAsync(id, new { text = "What is the name of the parrot?" });

        Assert.Contains("Polly", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nine to six", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stateless_FileAtAnAddress_IsFetchedAndGiven()
    {
        await using var server = await EngineServer.StartAsync(more: [("CHATBOTKIT_ALLOW_PRIVATE_URLS", "true")]);
        await using var web = await LocalWebServer.StartAsync(app => app.MapGet("/notes.txt", () => Results.Text("from the web")));
        var url = web.Url + "/notes.txt";

        var run = await server.RunAsync("/v1/conversation/complete", Stateless(url, "data:text/plain;base64,SGkgdGhlcmU="));

        var told = server.Model.Requests.Single().Messages[^1].Text("content")!;
        Assert.Contains("\"notes.txt\" (text/plain, 12 bytes).] Its text:\nfrom the web", told, StringComparison.Ordinal);
        Assert.Contains("Hi there", told, StringComparison.Ordinal);
        Assert.Equal(["message", "message", "message", "message", "sendResult"], run.Types.Take(5));
        Assert.Equal(url, JsonElement.Parse(run.Activities("response")[0].Text("result")!).Text("url"));
        Assert.DoesNotContain("SGkg", string.Join('\n', run.Events), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/private", "can't be fetched")]
    [InlineData("ftp://example.com/a", "must be a http, https or data URL")]
    [InlineData("data:text/plain;base64,%%%", "not a valid data URL")]
    public async Task Stateless_FileThatCannotBeHad_IsRefusedByItsField(string url, string says)
    {
        await using var server = await EngineServer.StartAsync();

        await server.Http.AssertRefusedAsync(
            $"400 BAD_REQUEST: \"attachments[0].url\"*{says}*", HttpMethod.Post, "conversation/complete", Stateless(url));
        Assert.Empty(server.Model.Requests);
    }

    private static object Stateless(params string[] urls) => new
    {
        messages = new[] { new { type = "user", text = "Hello" } },
        attachments = urls.Select(url => new { url }).ToArray(),
    };

    private static async Task<JsonElement> UploadAsync(EngineServer server, string id, byte[] bytes, string type)
    {
        using var content = new ByteArrayContent(bytes);
        return await server.Http.UploadAsync(id, content, type);
    }
}

using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Tests.Features;
using ChatBotKit.Server.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>Documents that are attached to a conversation.</summary>
public sealed class AttachedDocumentTests
{
    private const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Pdf => new PdfFile().Page(PdfFile.Lines(50, 700, 10, "The parrot is called Polly.")).ToArray();

    [Fact]
    public async Task Pdf_IsGivenAsText()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, Pdf, "application/pdf");

        await server.CompleteAsync(id, new { text = "Who is it?" });

        Assert.Matches(
            @"^\[Attached file .* \(application/pdf, .*\)\.\] Its text:\nThe parrot is called Polly\.\n\[End of the file\.\]$",
            server.Model.Requests.Single().Messages[0].Text("content"));
    }

    [Fact]
    public async Task Extractive_AnswersFromAPdf()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync(model: "extractive");
        await UploadAsync(server, id, Pdf, "application/pdf");

        Assert.Contains("Polly", (await server.CompleteAsync(id, new { text = "What is the name of the parrot?" })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_IsReadOnce_AndKeptForLaterTurns()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, Pdf, "application/pdf");
        await UploadAsync(server, id, "PK\u0003\u0004 damaged"u8.ToArray(), WordType);
        await server.CompleteAsync(id, new { text = "One" });
        var blobs = server.Server.App.Services.GetRequiredService<IBlobStore>();
        await blobs.DeleteAsync(await blobs.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token), Token);

        await server.CompleteAsync(id, new { text = "Two" });

        var told = server.Model.Requests[1].Messages[0].Text("content")!;
        Assert.Contains("Polly", told, StringComparison.Ordinal);
        Assert.Contains("Its content can't be shown to you. The file is damaged", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_ThatCannotBeRead_IsToldWithTheReason()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, "{\\rtf1 text}"u8.ToArray(), "application/rtf");

        Assert.Equal("stop", (await server.CompleteAsync(id, new { text = "What is it?" })).EndReason);
        Assert.Contains(
            "Its content can't be shown to you. The file is an RTF file, which can't be read. Save it as DOCX or PDF and upload that.",
            server.Model.Requests.Single().Messages[0].Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongDocument_IsCutToTheRoomOfThePrompt()
    {
        await using var server = await EngineServer.StartAsync(more: [("CHATBOTKIT_PROMPT_TEXT_BYTES", "100")]);
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, Package.Word(string.Concat(Enumerable.Repeat(Package.P(new string('ä', 40)), 5_000))).ToArray(), WordType);

        await server.CompleteAsync(id, new { text = "Hello" });

        var told = server.Model.Requests.Single().Messages[0].Text("content")!;
        Assert.EndsWith("ä\n[Only the beginning of the file is shown.]", told, StringComparison.Ordinal);
        Assert.InRange(told.Count(c => c == 'ä'), 45, 50);
    }

    [Fact]
    public async Task Mail_IsGivenWithItsTextOnce()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await UploadAsync(server, id, "From: a@example.com\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\nUG9sbHk="u8.ToArray(), "message/rfc822");

        await server.CompleteAsync(id, new { text = "Who?" });

        Assert.Contains("# Hello\n\nFrom: a@example.com\n\nPolly\n", server.Model.Requests.Single().Messages[0].Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stateless_DocumentInTheRequest_IsGivenAsText()
    {
        await using var server = await EngineServer.StartAsync();
        var url = $"data:{WordType};base64,{Convert.ToBase64String(Package.Word(Package.P("Polly")).ToArray())}";

        await server.RunAsync("/v1/conversation/complete", new
        {
            messages = new[] { new { type = "user", text = "Who?" } },
            attachments = new[] { new { url } },
        });

        Assert.Contains("Its text:\nPolly\n", server.Model.Requests.Single().Messages[^1].Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_DoesNotWaitLongerThanItsTime_AndTheNextOneHasTheText()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var name = (await UploadAsync(server, id, Pdf, "application/pdf")).Text("name")!;
        var options = new AttachmentOptions { TurnTime = TimeSpan.Zero };
        using var files = NewReader(server, options);
        var reader = ActivatorUtilities.CreateInstance<AttachmentReader>(server.Server.App.Services, files, options);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(EngineServer.Patience);

        var first = (await reader.ReadAsync(id, [name], limit.Token))[name];
        var last = first;
        while (last.Text is null)
        {
            await Task.Delay(5, limit.Token);
            last = (await reader.ReadAsync(id, [name], limit.Token))[name];
        }

        Assert.Equal((null, "It is still being read."), (first.Text, first.Refusal));
        Assert.Equal("The parrot is called Polly.", last.Text);
    }

    [Fact]
    public async Task RequestWhoseTimeIsUp_GoesOnWithoutTheDocument()
    {
        await using var server = await EngineServer.StartAsync(services: all => all.AddSingleton(new AttachmentOptions { TurnTime = TimeSpan.Zero }));

        await server.RunAsync("/v1/conversation/complete", new
        {
            messages = new[] { new { type = "user", text = "Who?" } },
            attachments = new[] { new { url = $"data:application/pdf;base64,{Convert.ToBase64String(Pdf)}" } },
        });

        Assert.Contains("could not all be read in time.", server.Model.Requests.Single().Messages[^1].Text("content"), StringComparison.Ordinal);
    }

    /// <summary>The text is stored beside the attachment: a reader without memory, like that of the next process, needs no bytes.</summary>
    [Fact]
    public async Task Document_IsReadOnce_EvenByTheNextProcess_AndItsTextGoesWithTheConversation()
    {
        await using var server = await EngineServer.StartAsync();
        var (id, services) = (await server.AddConversationAsync(), server.Server.App.Services);
        var name = (await UploadAsync(server, id, Pdf, "application/pdf")).Text("name")!;
        await server.CompleteAsync(id, new { text = "One" });
        var blobs = services.GetRequiredService<IBlobStore>();
        await blobs.DeleteAsync(await blobs.ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token), Token);
        using var files = NewReader(server, new AttachmentOptions());

        var read = await ActivatorUtilities.CreateInstance<AttachmentReader>(services, files).ReadAsync(id, [name], Token);

        Assert.Equal(("The parrot is called Polly.", true), (read[name].Text, read[name].IsDocument));
        await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/delete", "{}");
        Assert.Equal(0, await server.Server.Store.CountAsync(DocumentTextTable.Rows));
    }

    [Fact]
    public async Task StoredText_ThatWasCutEarlier_IsReadAgainWhenThereIsMoreRoom()
    {
        await using var server = await EngineServer.StartAsync();
        var (id, services) = (await server.AddConversationAsync(), server.Server.App.Services);
        var bytes = Package.Word(string.Concat(Enumerable.Repeat(Package.P(new string('x', 40)), 5_000))).ToArray();
        var name = (await UploadAsync(server, id, bytes, WordType)).Text("name")!;
        await server.CompleteAsync(id, new { text = "One" });
        var more = new AttachmentOptions { PromptTextBytes = 1024 * 1024 };
        using var contents = ActivatorUtilities.CreateInstance<AttachmentContents>(services, more);
        using var files = ActivatorUtilities.CreateInstance<StoredFileReader>(services, more, contents);

        var read = await ActivatorUtilities.CreateInstance<AttachmentReader>(services, files, more).ReadAsync(id, [name], Token);

        Assert.Equal((false, 5_000 * 40), (read[name].IsCut, read[name].Text!.Count(letter => letter == 'x')));
        Assert.Equal(1, await server.Server.Store.CountAsync(DocumentTextTable.Rows));
    }

    private static StoredFileReader NewReader(EngineServer server, AttachmentOptions options) =>
        ActivatorUtilities.CreateInstance<StoredFileReader>(server.Server.App.Services, options);

    private static async Task<System.Text.Json.JsonElement> UploadAsync(EngineServer server, string id, byte[] bytes, string type)
    {
        using var content = new ByteArrayContent(bytes);
        return await server.Http.UploadAsync(id, content, type);
    }
}

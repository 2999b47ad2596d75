using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Attachments;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Messages;

/// <summary>Reads messages aloud. What was spoken once is kept with the conversation's files and given out again.</summary>
internal sealed class MessageSynthesis(
    MessageReading messages, SpeechClient speech, AttachmentFiles files, AttachmentStore attachments, AttachmentLinks links,
    TimeProvider time)
{
    private const string AudioType = "audio/mpeg";

    /// <summary>Answers with the address of the speech, which is a new one each time, since such addresses end after minutes.</summary>
    /// <exception cref="ApiException">400: text that the message does not hold; 404: no such message; 501: nobody speaks here.</exception>
    public async Task<IResult> SynthesizeAsync(
        string conversationId, string messageId, string? text, HttpContext context, IdempotentCall? call, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var message = await messages.GetAsync(conversationId, messageId, caller, cancellationToken);
        var spoken = string.IsNullOrEmpty(text) ? message.Text : text;
        if (spoken.Length == 0 || !message.Text.Contains(spoken, StringComparison.Ordinal))
            throw ApiException.BadRequest("\"text\" must be a part of the message, which must have a text");

        var row = attachments.New(
            DerivedId.Of("speech", messageId, spoken), caller.AccountId, conversationId, sessionId: null, originalName: null, AudioType,
            size: 0);
        var response = new MessageSynthesizeResponse { Id = messageId, Url = links.ToDownload(context, row).Url };
        if (await attachments.FindAsync(conversationId, row.Name, cancellationToken) is null)
            await SpeakAsync(row, spoken, call?.AnsweredFrom(row.Id), cancellationToken);
        return WantsAudio(context.Request) ? Results.Redirect(response.Url) : JsonAnswer.Of(response);
    }

    private async Task SpeakAsync(AttachmentEntity row, string text, IdempotencyEntity? answered, CancellationToken cancellationToken)
    {
        using var answer = await speech.SpeakAsync(text, time, cancellationToken);
        await using var audio = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var file = await files.ReceiveAsync(audio, cancellationToken);
        row.Size = file.Size;
        await attachments.AddAsync(row, file, use: null, answered, cancellationToken);
    }

    private static bool WantsAudio(HttpRequest request) =>
        request.GetTypedHeaders().Accept is [var first, ..] && first.MediaType.Equals(AudioType, StringComparison.OrdinalIgnoreCase);
}

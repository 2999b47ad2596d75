using System.Collections.Concurrent;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>Converts messages to speech. The audio is stored with the conversation's files and reused.</summary>
internal sealed class MessageSynthesis(
    MessageReading messages, SpeechClient speech, ReceivedFiles files, AttachmentStore attachments, AttachmentUrls links,
    UploadOptions options, SessionBudgets budgets, TimeProvider time)
{
    private const string AudioType = "audio/mpeg";

    private readonly ConcurrentDictionary<string, Task> _speaking = new(StringComparer.Ordinal);

    /// <summary>
    /// Responds with the address of the audio. It is a new address each time, because addresses expire after some minutes.
    /// </summary>
    /// <exception cref="ApiException">
    /// 400: the message does not contain the text; 404: the message does not exist; 429: the session's limits are used up; 501: no
    /// speech endpoint is configured.
    /// </exception>
    public async Task<IResult> SynthesizeAsync(
        string conversationId, string messageId, string? text, HttpContext context, IdempotentCall call)
    {
        var (caller, cancellationToken) = (context.Caller(), context.RequestAborted);
        var message = await messages.GetAsync(conversationId, messageId, caller, cancellationToken);
        var spoken = string.IsNullOrEmpty(text) ? message.Text : text;
        if (spoken.Length == 0 || !message.Text.Contains(spoken, StringComparison.Ordinal))
            throw ApiException.BadRequest("\"text\" must be a part of the message, which must have a text");

        var row = attachments.New(
            DerivedId.Of("speech", messageId, spoken), caller.AccountId, conversationId, caller.Session?.Id, originalName: null, AudioType,
            size: 0);
        var answer = AnswerOf(messageId, row, context);
        await SpeakOnceAsync(row, spoken, call.AnsweredFrom(row.Id), cancellationToken);
        return answer;
    }

    /// <summary>Answers a repeated request with an address of its own.</summary>
    /// <exception cref="ApiException">404: the message or its speech is gone.</exception>
    public async Task<IResult> RepeatAsync(string speechId, HttpContext context)
    {
        var (conversationId, messageId) = (context.PathValue("conversationId"), context.PathValue("messageId"));
        await messages.GetAsync(conversationId, messageId, context.Caller(), context.RequestAborted);
        var row = await attachments.FindByIdAsync(conversationId, speechId, context.RequestAborted) ?? throw AttachmentUploads.NotFound();
        return AnswerOf(messageId, row, context);
    }

    private IResult AnswerOf(string messageId, AttachmentRow row, HttpContext context)
    {
        var response = new MessageSynthesizeResponse { Id = messageId, Url = links.ToDownload(context, row).Url };
        return WantsAudio(context.Request) ? Results.Redirect(response.Url) : JsonAnswer.Of(response);
    }

    /// <summary>
    /// Creates the audio once. Concurrent requests for the same audio wait for the first one, because speech costs money.
    /// </summary>
    private async Task SpeakOnceAsync(AttachmentRow row, string text, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!_speaking.TryAdd(row.Id, mine.Task))
        {
            if (_speaking.TryGetValue(row.Id, out var other))
                await other.WaitAsync(cancellationToken);
        }

        try
        {
            if (await attachments.FindAsync(row.ConversationId, row.Name, cancellationToken) is null)
                await SpeakAsync(row, text, answered, cancellationToken);
        }
        finally
        {
            _speaking.TryRemove(row.Id, out _);
            mine.SetResult();
        }
    }

    private async Task SpeakAsync(AttachmentRow row, string text, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var budget = budgets.Find(row.SessionId);
        if (budget?.WithoutTokens() is { } usedUp)
            throw usedUp;
        var limit = UploadLimit.For(options, budget, atLeast: null);
        using var answer = await speech.SpeakAsync(text, time, cancellationToken);
        // The speech is paid for from here on, even if the audio can't be stored.
        var tokens = UsageCounter.Estimate(text);
        budget?.AddTokens(tokens);
        await using var audio = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = await files.ReceiveAsync(audio, limit, cancellationToken);
        row.Size = file.Size;
        using var taken = budget?.TakeAttachment(file.Size);
        var use = row.SessionId is null ? null : new SessionUse(row.SessionId, Tokens: tokens, AttachmentBytes: SessionBudget.ChargeOf(file.Size));
        await attachments.AddAsync(row, file, use, answered, cancellationToken);
        taken?.Keep();
    }

    private static bool WantsAudio(HttpRequest request) =>
        request.GetTypedHeaders().Accept is [var first, ..] && first.MediaType.Equals(AudioType, StringComparison.OrdinalIgnoreCase);
}

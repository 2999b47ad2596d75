using System.Net;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Chat;

/// <summary>The current conversation of a chat, which is created with its first message.</summary>
internal sealed class Talk(Surroundings surroundings, ChatBotKitApi api, ConversationCreateRequest request, string? conversationId)
{
    private string? _conversationId = conversationId;
    private string? _lastAnswerId;

    public bool HasAnswer => _lastAnswerId is not null;

    private bool IsSessionToken => ((ChatBotKitClient)api).Secret?.Split('.').Length == 3;

    /// <summary>Checks that the conversation, bot or model exists before the user types the first question.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_conversationId is not null)
                await api.Conversation.FetchAsync(_conversationId, cancellationToken);
            else if (request.BotId is not null || request.Model is not null)
                await ConversationAsync(cancellationToken);
            else if (surroundings.IsInteractive)
                await api.Conversation.ListAsync(new ConversationListRequest { Take = 1 }, cancellationToken);
        }
        catch (ChatBotKitException exception) when (IsSessionToken && exception.StatusCode != HttpStatusCode.NotFound)
        {
            // A session token allows runs, but not a request for the conversation.
        }
    }

    public async Task<int> AskOnceAsync(string question, CancellationToken cancellationToken)
    {
        await AnswerAsync(question, cancellationToken);
        return ExitCodes.Success;
    }

    public void BeginAnew() => (_conversationId, _lastAnswerId) = (null, null);

    /// <summary>
    /// Sends a question and shows the answer while it is written. The first Ctrl+C stops the answer, the second one the
    /// program.
    /// </summary>
    public async Task AnswerAsync(string text, CancellationToken cancellationToken)
    {
        var conversation = await ConversationAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var listening = surroundings.Interrupts.Listen(() =>
        {
            if (stop.IsCancellationRequested)
                return false;
            stop.Cancel();
            return true;
        });
        var call = api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = text }, stop.Token);
        try
        {
            await foreach (var happened in call)
                await ShowAsync(happened);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await surroundings.Error.WriteAsync(" [stopped]");
            // The connection is closed, but the answer would still be generated to its end.
            if (call.RunId is { } run)
                await api.Conversation.Run.AbortAsync(conversation, run, cancellationToken);
            if (!surroundings.IsInteractive)
                throw;
        }

        await surroundings.Out.WriteLineAsync();
    }

    public async Task<string> ConversationAsync(CancellationToken cancellationToken) =>
        _conversationId ??= (await api.Conversation.CreateAsync(request, cancellationToken)).Id;

    public async Task ShowHistoryAsync(CancellationToken cancellationToken)
    {
        if (_conversationId is null)
            return;
        await foreach (var message in api.Conversation.Message.ListAsync(_conversationId, cancellationToken: cancellationToken))
            await surroundings.Out.WriteLineAsync($"{message.Type}: {Shown(message.Text)}");
    }

    public async Task AttachAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await surroundings.Error.WriteLineAsync($"There is no file {path}.");
            return;
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        await api.Conversation.Attachment.UploadAsync(
            await ConversationAsync(cancellationToken), bytes, Path.GetFileName(path), cancellationToken: cancellationToken);
        await surroundings.Error.WriteLineAsync($"Added {Path.GetFileName(path)}.");
    }

    public Task<IdResponse> RateAsync(bool isGood, CancellationToken cancellationToken) => isGood
        ? api.Conversation.Message.UpvoteAsync(_conversationId!, _lastAnswerId!, cancellationToken: cancellationToken)
        : api.Conversation.Message.DownvoteAsync(_conversationId!, _lastAnswerId!, cancellationToken: cancellationToken);

    public async Task MintAsync(CancellationToken cancellationToken)
    {
        var session = await api.Conversation.Session.CreateAsync(
            await ConversationAsync(cancellationToken), new SessionCreateRequest(), cancellationToken);
        await surroundings.Out.WriteLineAsync(session.Token);
        await surroundings.Error.WriteLineAsync($"Valid until {session.ExpiresAt:u}.");
    }

    private async Task ShowAsync(RunEvent happened)
    {
        switch (happened)
        {
            case TokenEvent token:
                await surroundings.Out.WriteAsync(Shown(token.Token));
                await surroundings.Out.FlushAsync();
                break;
            case OperationBeginEvent operation when surroundings.IsInteractive:
                await surroundings.Error.WriteLineAsync($"[{Shown(operation.Data.Action.Name ?? operation.Data.Action.Kind)}]");
                break;
            case ResultEvent result:
                _lastAnswerId = result.Data.Id;
                break;
        }
    }

    /// <summary>Removes control characters for a terminal, which would obey them. A file gets them unchanged.</summary>
    private string? Shown(string? text) => surroundings.IsInteractive && text is not null ? TerminalText.Clean(text) : text;
}

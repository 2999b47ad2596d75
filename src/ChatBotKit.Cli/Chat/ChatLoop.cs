namespace ChatBotKit.Cli.Chat;

/// <summary>One talk: reads lines, shows answers while they are written, and knows a few commands that begin with a slash.</summary>
internal sealed class ChatLoop(Surroundings surroundings, ChatBotKitApi api, ConversationCreateRequest request, string? conversationId)
{
    private const string Help = """
        /new             begin a new conversation
        /history         show what was said
        /attach <file>   add a file to the conversation
        /good, /bad      rate the last answer
        /session         make a session of this conversation and show its token
        /id              show the id of the conversation
        /exit            leave (also Ctrl+D, and Ctrl+C when nothing is being answered)
        """;

    private string? _conversationId = conversationId;
    private string? _lastAnswerId;

    public async Task<int> AskOnceAsync(string question, CancellationToken cancellationToken)
    {
        await AnswerAsync(question, cancellationToken);
        return ExitCodes.Success;
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (surroundings.IsInteractive)
            await surroundings.Error.WriteLineAsync("Each line is a message. /help lists the commands.");
        while (true)
        {
            if (surroundings.IsInteractive)
                await surroundings.Error.WriteAsync("> ");
            if (await surroundings.In.ReadLineAsync(cancellationToken) is not { } line)
                return ExitCodes.Success;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (line.Trim() is "/exit" or "/quit")
                return ExitCodes.Success;
            await HandleAsync(line.Trim(), cancellationToken);
        }
    }

    /// <summary>At a terminal a call that fails does not end the talk; a script must see it.</summary>
    private async Task HandleAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            if (line.StartsWith('/'))
                await CommandAsync(line, cancellationToken);
            else
                await AnswerAsync(line, cancellationToken);
        }
        catch (ChatBotKitException exception) when (surroundings.IsInteractive)
        {
            await surroundings.Error.WriteLineAsync($"error: {exception.Message} ({exception.Code})");
        }
    }

    private async Task CommandAsync(string line, CancellationToken cancellationToken)
    {
        var (name, argument) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (line, "");
        switch (name)
        {
            case "/new":
                (_conversationId, _lastAnswerId) = (null, null);
                break;
            case "/history":
                await ShowHistoryAsync(cancellationToken);
                break;
            case "/attach":
                await AttachAsync(argument, cancellationToken);
                break;
            case "/good" or "/bad" when _lastAnswerId is not null:
                await RateAsync(name == "/good", cancellationToken);
                break;
            case "/session":
                await MintAsync(cancellationToken);
                break;
            case "/id":
                await surroundings.Out.WriteLineAsync(await ConversationAsync(cancellationToken));
                break;
            default:
                await surroundings.Error.WriteLineAsync(Help);
                break;
        }
    }

    private async Task AnswerAsync(string text, CancellationToken cancellationToken)
    {
        var conversation = await ConversationAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var listening = surroundings.Interrupts.Listen(stop.Cancel);
        var call = api.Conversation.CompleteAsync(conversation, new ConversationCompleteMessageRequest { Text = text }, stop.Token);
        try
        {
            await foreach (var happened in call)
                await ShowAsync(happened);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The connection is gone, but the answer would still be written to its end.
            if (call.RunId is { } run)
                await api.Conversation.Run.AbortAsync(conversation, run, CancellationToken.None);
            await surroundings.Error.WriteAsync(" [stopped]");
            if (!surroundings.IsInteractive)
                throw;
        }

        await surroundings.Out.WriteLineAsync();
    }

    private async Task ShowAsync(RunEvent happened)
    {
        switch (happened)
        {
            case TokenEvent token:
                await surroundings.Out.WriteAsync(token.Token);
                await surroundings.Out.FlushAsync();
                break;
            case OperationBeginEvent operation when surroundings.IsInteractive:
                await surroundings.Error.WriteLineAsync($"[{operation.Data.Action.Name ?? operation.Data.Action.Kind}]");
                break;
            case ResultEvent result:
                _lastAnswerId = result.Data.Id;
                break;
        }
    }

    private async Task<string> ConversationAsync(CancellationToken cancellationToken) =>
        _conversationId ??= (await api.Conversation.CreateAsync(request, cancellationToken)).Id;

    private async Task ShowHistoryAsync(CancellationToken cancellationToken)
    {
        if (_conversationId is null)
            return;
        await foreach (var message in api.Conversation.Message.ListAsync(_conversationId, cancellationToken: cancellationToken))
            await surroundings.Out.WriteLineAsync($"{message.Type}: {message.Text}");
    }

    private async Task AttachAsync(string path, CancellationToken cancellationToken)
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

    private Task<IdResponse> RateAsync(bool isGood, CancellationToken cancellationToken) => isGood
        ? api.Conversation.Message.UpvoteAsync(_conversationId!, _lastAnswerId!, cancellationToken: cancellationToken)
        : api.Conversation.Message.DownvoteAsync(_conversationId!, _lastAnswerId!, cancellationToken: cancellationToken);

    private async Task MintAsync(CancellationToken cancellationToken)
    {
        var session = await api.Conversation.Session.CreateAsync(
            await ConversationAsync(cancellationToken), new SessionCreateRequest(), cancellationToken);
        await surroundings.Out.WriteLineAsync(session.Token);
        await surroundings.Error.WriteLineAsync($"Good until {session.ExpiresAt:u}.");
    }
}

using ChatBotKit.Cli.Input;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Chat;

/// <summary>Reads lines, sends them to the model, and handles a few commands that start with a slash.</summary>
internal sealed class ChatLoop(Surroundings surroundings, Connection connection, Talk talk)
{
    private const string Help = """
        /new             begin a new conversation
        /history         show what was said
        /attach <file>   add a file to the conversation
        /good, /bad      rate the last answer
        /session         make a session of this conversation and show its token
        /id              show the id of the conversation
        /exit            leave (also Ctrl+D, and Ctrl+C when nothing is being answered)

        Up and down bring back earlier lines.
        """;

    private readonly LineInput _lines = new(surroundings);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await talk.CheckAsync(cancellationToken);
        if (surroundings.IsInteractive)
            await surroundings.Error.WriteLineAsync("Each line is a message. /help lists the commands.");
        while (true)
        {
            if (await _lines.ReadAsync("> ", cancellationToken) is not { } line)
                return ExitCodes.Success;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (line.Trim() is "/exit" or "/quit")
                return ExitCodes.Success;
            await HandleAsync(line.Trim(), cancellationToken);
        }
    }

    /// <summary>A failed call does not end a chat at a terminal. In a script, it fails the command.</summary>
    private async Task HandleAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            if (line.StartsWith('/'))
                await CommandAsync(line, cancellationToken);
            else
                await talk.AnswerAsync(line, cancellationToken);
        }
        catch (ChatBotKitException exception) when (surroundings.IsInteractive)
        {
            new ErrorWriter(surroundings).Write(exception, connection);
        }
    }

    private async Task CommandAsync(string line, CancellationToken cancellationToken)
    {
        var (name, argument) = line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (line, "");
        switch (name)
        {
            case "/new":
                talk.BeginAnew();
                break;
            case "/history":
                await talk.ShowHistoryAsync(cancellationToken);
                break;
            case "/attach":
                await talk.AttachAsync(argument, cancellationToken);
                break;
            case "/good" or "/bad" when talk.HasAnswer:
                await talk.RateAsync(name == "/good", cancellationToken);
                break;
            case "/session":
                await talk.MintAsync(cancellationToken);
                break;
            case "/id":
                await surroundings.Out.WriteLineAsync(await talk.ConversationAsync(cancellationToken));
                break;
            default:
                await surroundings.Error.WriteLineAsync(Help);
                break;
        }
    }
}

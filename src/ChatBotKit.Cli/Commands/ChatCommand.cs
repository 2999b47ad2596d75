using System.CommandLine;
using ChatBotKit.Cli.Chat;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk chat</c>: talk at the terminal, or answer what comes through a pipe.</summary>
internal static class ChatCommand
{
    public static Command Create(Surroundings surroundings, Connection connection)
    {
        var question = new Argument<string?>("question") { Description = "Ask this and end.", Arity = ArgumentArity.ZeroOrOne };
        var conversation = new Option<string?>("--conversation") { Description = "Go on with this conversation. Default: a new one." };
        var bot = new Option<string?>("--bot") { Description = "Id of the bot to talk to." };
        var model = new Option<string?>("--model") { Description = "Name of the model. Default: the server's." };
        var backstory = new Option<string?>("--backstory") { Description = "What the model is told, or @file with it." };
        var command = new Command("chat", "Talk. Each line is a message, /help lists the commands, Ctrl+C stops the answer.")
        {
            question, conversation, bot, model, backstory,
        };
        command.SetAction(async (parsed, token) =>
        {
            var request = new ConversationCreateRequest
            {
                BotId = parsed.GetValue(bot),
                Model = parsed.GetValue(model),
                Backstory = await TextOfAsync(parsed.GetValue(backstory), token),
            };
            var chat = new ChatLoop(surroundings, connection.Open(parsed), request, parsed.GetValue(conversation));
            return parsed.GetValue(question) is { } one ? await chat.AskOnceAsync(one, token) : await chat.RunAsync(token);
        });
        return command;
    }

    private static async Task<string?> TextOfAsync(string? text, CancellationToken cancellationToken)
    {
        if (text is null || !text.StartsWith('@'))
            return text;
        try
        {
            return await File.ReadAllTextAsync(text[1..], cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{text[1..]} can't be read: {exception.Message}", ExitCodes.Usage);
        }
    }
}

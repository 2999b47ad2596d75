using System.CommandLine;
using ChatBotKit.Cli.Chat;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk chat</c>: chats at the terminal, or answers the text of a pipe.</summary>
internal static class ChatCommand
{
    public static Command Create(Surroundings surroundings, Connection connection)
    {
        var question = new Argument<string?>("question") { Description = "Ask this, or what is in @file, and end.", Arity = ArgumentArity.ZeroOrOne };
        var conversation = new Option<string?>("--conversation") { Description = "Id of the conversation to go on with. Default: a new one." };
        var bot = new Option<string?>("--bot") { Description = "Id of the bot to talk to." };
        var model = new Option<string?>("--model") { Description = "Name of the model, or @file with it. Default: the server's." };
        var backstory = new Option<string?>("--backstory") { Description = "What the model is told, or @file with it." };
        var command = new Command("chat", "Chat with a model. Each line is a message; /help lists the commands. Ctrl+C stops an answer, or leaves the chat when there is none.")
        {
            question, conversation, bot, model, backstory,
        };
        command.SetAction(async (parsed, token) =>
        {
            var texts = surroundings.Texts;
            var request = new ConversationCreateRequest
            {
                BotId = parsed.GetValue(bot),
                Model = await texts.ReadAsync("--model", parsed.GetValue(model), token),
                Backstory = await texts.ReadAsync("--backstory", parsed.GetValue(backstory), token),
            };
            var one = await texts.ReadAsync("question", parsed.GetValue(question), token);
            var talk = new Talk(surroundings, connection.Open(parsed), request, parsed.GetValue(conversation));
            return one is null ? await new ChatLoop(surroundings, connection, talk).RunAsync(token) : await talk.AskOnceAsync(one, token);
        });
        return command;
    }
}

using System.CommandLine;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk server work</c>: shows the work of a server that is due at a time, and what failed.</summary>
internal static class ServerCommand
{
    public static Command Create(Surroundings surroundings, Connection connection) => new("server", "The server itself, for its owner.")
    {
        new Command("work", "Work of the server that is due at a time.")
        {
            List(surroundings, connection),
            Fetch(surroundings, connection),
            Retry(surroundings, connection),
            Drop(surroundings, connection),
        },
    };

    private static Command List(Surroundings surroundings, Connection connection)
    {
        var state = new Option<string?>("--state") { Description = "Only waiting, running or dead. What is dead has failed in all its attempts." };
        var kind = new Option<string?>("--kind") { Description = "Only of this kind." };
        var take = new Option<int?>("--take") { Description = "At most so many. Default: all." };
        var output = new OutputOptions(surroundings);
        var command = new Command("list", "List the work, newest first.") { state, kind, take };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var request = new ServerWorkListRequest
            {
                State = parsed.GetValue(state) is { } value ? new ServerWorkState(value) : null,
                Kind = parsed.GetValue(kind),
                Take = parsed.GetValue(take),
            };
            var work = connection.Open(parsed).Server.Work.ListAsync(request, token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJsonItems(work));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Fetch(Surroundings surroundings, Connection connection)
    {
        var id = Id();
        var output = new OutputOptions(surroundings);
        var command = new Command("fetch", "Show one, with its last failure.") { id };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var work = await connection.Open(parsed).Server.Work.FetchAsync(parsed.GetValue(id)!, token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJson(work));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Retry(Surroundings surroundings, Connection connection)
    {
        var id = Id();
        var command = new Command("retry", "Let it be done now, with all its attempts.") { id };
        command.SetAction(async (parsed, token) =>
        {
            await connection.Open(parsed).Server.Work.RetryAsync(parsed.GetValue(id)!, token);
            await surroundings.Error.WriteLineAsync("It is due now.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Drop(Surroundings surroundings, Connection connection)
    {
        var id = Id();
        var command = new Command("drop", "Drop it: it is never done.") { id };
        command.SetAction(async (parsed, token) =>
        {
            await connection.Open(parsed).Server.Work.DropAsync(parsed.GetValue(id)!, token);
            await surroundings.Error.WriteLineAsync("Dropped.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "Id of the work, as the list shows it." };
}

using System.CommandLine;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk key</c>: manages the keys that sign session tokens.</summary>
internal static class KeyCommand
{
    public static Command Create(Surroundings surroundings, Connection connection)
    {
        var output = new OutputOptions(surroundings);
        var list = new Command("list", "List the keys, newest first.");
        output.AddTo(list);
        list.SetAction(async (parsed, token) =>
        {
            var keys = await connection.Open(parsed).Session.Key.ListAsync(token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJsonItems(keys.Items.ToAsyncEnumerable()));
            return ExitCodes.Success;
        });

        var rotate = new Command("rotate", "Create a new key, which signs all tokens from now on. Tokens of the old key stay valid.");
        rotate.SetAction(async (parsed, token) =>
        {
            await surroundings.Out.WriteLineAsync((await connection.Open(parsed).Session.Key.RotateAsync(token)).Id);
            return ExitCodes.Success;
        });

        var key = new Argument<string>("key") { Description = "Id of the key, which tokens name as their kid." };
        var revoke = new Command("revoke", "Revoke a stolen key and every token that it signed, and create a new key.") { key };
        revoke.SetAction(async (parsed, token) =>
        {
            await connection.Open(parsed).Session.Key.RevokeAsync(parsed.GetValue(key)!, token);
            await surroundings.Error.WriteLineAsync("Revoked. Every token that it signed is refused from now on.");
            return ExitCodes.Success;
        });
        return new Command("key", "The keys that sign session tokens.") { list, rotate, revoke };
    }
}

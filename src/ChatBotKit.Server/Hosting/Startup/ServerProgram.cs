using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Hosting;

/// <summary>Runs the program: its output and its exit codes.</summary>
internal static class ServerProgram
{
    /// <summary>The exit code of a start that was refused, and of a check with findings.</summary>
    private const int Refused = 1;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        // The server starts its own program with this argument to read a file.
        if (arguments is [ExtractionProgram.Argument])
            return ExtractionProgram.Run();
        try
        {
            return await RunAsync(ServerArguments.Parse(arguments), output, errors);
        }
        catch (StartupException exception)
        {
            await errors.WriteLineAsync(OneLine(exception.Message));
            return Refused;
        }
    }

    private static async Task<int> RunAsync(ServerArguments arguments, TextWriter output, TextWriter errors)
    {
        switch (arguments.Task)
        {
            case ServerTask.ShowHelp:
                ServerHelp.Write(output);
                break;
            case ServerTask.ShowVersion:
                await output.WriteLineAsync(ServerVersion.Text);
                break;
            case ServerTask.CheckHealth:
                return await HealthCheck.RunAsync(arguments.Settings, errors);
            case ServerTask.MakeApiToken:
                await new OfflineCommands(arguments.Settings, errors).MakeApiTokenAsync(arguments.Value, output);
                break;
            case ServerTask.CompactDatabase:
                await new OfflineCommands(arguments.Settings, errors).CompactAsync(output);
                break;
            case ServerTask.CheckDatabase:
                return await new OfflineCommands(arguments.Settings, errors).CheckAsync(output) ? 0 : Refused;
            case ServerTask.Move:
                await MoveCommand.RunAsync(arguments, output);
                break;
            default:
                await ServeAsync(arguments.Settings, output);
                break;
        }

        return 0;
    }

    /// <summary>Runs the server, and starts it again on PostgreSQL when it has moved its data there.</summary>
    /// <exception cref="StartupException">The server can't start.</exception>
    private static async Task ServeAsync(string[] settings, TextWriter output)
    {
        var handover = new MoveHandover();
        for (var current = settings; ;)
        {
            var addresses = await ServeAsync(current, handover, output);
            if (handover.Failure is { } failure)
                throw new StartupException(failure);
            if (handover.ConnectionString is not { } connectionString)
                return;
            handover.ConnectionString = null;
            current = [.. settings, $"--urls={addresses}", $"--{PostgresSettings.Setting}={connectionString}"];
        }
    }

    /// <returns>The addresses of the server, which has stopped.</returns>
    private static async Task<string> ServeAsync(string[] settings, MoveHandover handover, TextWriter output)
    {
        await using var app = await ChatBotKitServer.StartAsync(settings, builder => builder.Services.AddSingleton(handover));
        var addresses = string.Join(';', app.Urls);
        handover.Progress?.Complete();
        await output.WriteLineAsync($"ChatBotKit for .NET listens on {string.Join(", ", app.Urls)}");
        var store = app.Services.GetRequiredService<StoreOptions>();
        await output.WriteLineAsync(store.Postgres is { } postgres
            ? $"Its data is in the PostgreSQL database {postgres.Name}, and its files in {store.DataDirectory}"
            : $"Its data is in {store.DataDirectory}");
        if (ChatBotKitServer.NewApiSecret(app) is { } secret)
            await output.WriteLineAsync($"Your API token, shown only this once: {secret}");
        if (ConsoleEndpoints.IsOn(app.Configuration))
            await output.WriteLineAsync($"Console, for 10 minutes and once: {ConsoleEndpoints.MakeLink(app)}");
        await output.FlushAsync();
        await app.WaitForShutdownAsync();
        return addresses;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split('\r', '\n').Select(part => part.Trim()).Where(part => part.Length > 0));
}

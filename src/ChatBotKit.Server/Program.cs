using ChatBotKit.Server.Hosting;

if (args.Contains(HealthCheck.Argument))
    return await HealthCheck.RunAsync(args, Console.Error);

try
{
    await using var app = await ChatBotKitServer.StartAsync(args);
    Console.WriteLine($"ChatBotKit for .NET listens on {string.Join(", ", app.Urls)}");
    if (ChatBotKitServer.NewApiSecret(app) is { } secret)
        Console.WriteLine($"Your API token, shown only this once: {secret}");

    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is StartupException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

using ChatBotKit;
using Microsoft.Extensions.DependencyInjection;

// Runs on .NET's browser runtime: streams an answer with each kind of client, and prints the outcome of a redirect.
try
{
    var (address, secret, redirecting) = (new Uri(args[0]), args[1], new Uri(args[2]));
    var options = new ChatBotKitClientOptions { Secret = secret, BaseUrl = address };
    Console.WriteLine($"browser {OperatingSystem.IsBrowser()}");
    Console.WriteLine($"default {await SayAsync(new ConversationClient(options))}");

    using var http = new HttpClient();
    Console.WriteLine($"own {await SayAsync(new ConversationClient(options with { HttpClient = http }))}");

    var services = new ServiceCollection();
    services.AddChatBotKit(settings => (settings.Secret, settings.BaseUrl) = (secret, address));
    await using var provider = services.BuildServiceProvider();
    Console.WriteLine($"hosted {await SayAsync(provider.GetRequiredService<ConversationClient>())}");

    Console.WriteLine($"redirect {await RedirectAsync(new ConversationClient(options with { BaseUrl = redirecting }))}");
    return 0;
}
catch (Exception exception)
{
    Console.WriteLine(exception);
    return 1;
}

static async Task<string> SayAsync(ConversationClient client)
{
    var conversation = await client.CreateAsync(new ConversationCreateRequest());
    var pieces = new List<string>();
    await foreach (var happened in client.CompleteAsync(conversation.Id, new ConversationCompleteMessageRequest { Text = "hi" }))
    {
        if (happened is TokenEvent token)
            pieces.Add(token.Token);
    }

    return string.Join('|', pieces);
}

static async Task<string> RedirectAsync(ConversationClient client)
{
    try
    {
        await client.FetchAsync("c1");
        return "followed";
    }
    catch (ChatBotKitException failure)
    {
        return failure.Code;
    }
}

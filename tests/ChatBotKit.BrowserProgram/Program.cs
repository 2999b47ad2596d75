using ChatBotKit;
using Microsoft.Extensions.DependencyInjection;

// Runs on .NET's browser runtime: streams an answer with each kind of client, and tells what a redirect becomes.
var (address, secret) = (new Uri(args[0]), args[1]);
Console.WriteLine($"browser {OperatingSystem.IsBrowser()}");
var options = new ChatBotKitClientOptions { Secret = secret, BaseUrl = address };

Console.WriteLine($"default {await SayAsync(new ConversationClient(options))}");
Console.WriteLine($"own {await SayAsync(new ConversationClient(options with { HttpClient = new HttpClient() }))}");

var services = new ServiceCollection();
services.AddChatBotKit(settings => (settings.Secret, settings.BaseUrl) = (secret, address));
await using var provider = services.BuildServiceProvider();
Console.WriteLine($"hosted {await SayAsync(provider.GetRequiredService<ConversationClient>())}");

if (args is [_, _, var redirecting])
    Console.WriteLine($"redirect {await RedirectAsync(new ConversationClient(options with { BaseUrl = new Uri(redirecting) }))}");

// A piece that comes alone shows that the answer was not held back until its end.
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

using Microsoft.Extensions.Hosting;
using WebChat;

// A web app whose users chat. The browser calls the chat server itself, with a session token that this app creates.

await using var server = await ChatServer.StartAsync(args);
await using var site = WebChatSite.Create(args, server.Address, server.Secret);
await site.StartAsync();
Console.WriteLine($"Chat server  {server.Address}{(server.IsOurs ? " (in this process, data in a temporary folder)" : "")}");
Console.WriteLine($"Open         {site.Urls.First()}");
await site.WaitForShutdownAsync();

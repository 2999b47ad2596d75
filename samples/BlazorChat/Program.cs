using BlazorChat;
using ChatBotKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.AI;
using Samples;

// One page of Blazor Server: the answer grows on the page while the model writes it.

var isSmokeTest = args.Contains("--smoke");
await using var server = await SampleServer.StartAsync();

var builder = WebApplication.CreateBuilder([.. args.Except(["--smoke"])]);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
if (isSmokeTest)
{
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
}
// The script of Blazor lies beside the build, and only a published program finds it by itself.
builder.WebHost.UseStaticWebAssets();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddSingleton(server.CreateClient());
builder.Services.AddSingleton<IChatClient>(services => services.GetRequiredService<ChatBotKitApi>().AsChatClient());
builder.Services.AddSingleton(new Knowledge(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "knowledge.md"))));

await using var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

if (!isSmokeTest)
{
    await app.RunAsync();
    return 0;
}

await app.StartAsync();
var isGood = await SmokeTest.RunAsync(new Uri(app.Urls.First()));
await app.StopAsync();
return isGood ? 0 : 1;

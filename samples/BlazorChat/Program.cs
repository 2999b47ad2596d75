using BlazorChat;
using Microsoft.AspNetCore.DataProtection;
using Samples;

// One Blazor Server page. The answer is shown while the model writes it, and the conversation is restored after a reload.

var isSmokeTest = args.Contains("--smoke");
await using var server = await SampleServer.StartAsync();

var builder = WebApplication.CreateBuilder([.. args.Except(["--smoke"])]);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
if (isSmokeTest)
{
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
}
// A published program finds the Blazor script on its own. This line makes it available in a build too.
builder.WebHost.UseStaticWebAssets();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddSingleton(server.CreateClient());
builder.Services.AddSingleton<VisitorConversations>();

await using var app = builder.Build();
app.UseMiddleware<VisitorConversations>();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapGet("/chat.css", () => TypedResults.PhysicalFile(Path.Combine(AppContext.BaseDirectory, "chat.css"), "text/css"));
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

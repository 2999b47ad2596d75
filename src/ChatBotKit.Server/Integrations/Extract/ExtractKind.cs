using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Integrations.Extract;

internal static class ExtractKind
{
    public const string Name = "integration.extract";

    public static ResourceKind Create() =>
        new ResourceKind<IntegrationExtractItem, IntegrationExtractCreateRequest, IntegrationExtractUpdateRequest>(Name, "/integration/extract")
        {
            References = ChatIntegrations.References,
            Defaults = new() { ["botId"] = null, ["trigger"] = IntegrationTriggerMode.Automatic.Value },
            CheckItem = static (item, check) =>
            {
                // Only a changed model is checked, so that an integration whose model is no longer configured can still be updated.
                if (check.Changed.Contains("model"))
                    check.Faults.CheckModel(check.Services.GetRequiredService<ModelRegistry>(), item.Model);
            },
        };
}

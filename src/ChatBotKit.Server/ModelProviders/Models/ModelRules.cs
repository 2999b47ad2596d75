using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>The rule for fields that name a model.</summary>
internal static class ModelRules
{
    public static void CheckModel(this Faults faults, ModelRegistry models, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        try
        {
            models.Resolve(value);
        }
        catch (ModelReferenceException exception)
        {
            faults.Add($"\"model\" can't be used: {exception.Message}");
        }
    }
}

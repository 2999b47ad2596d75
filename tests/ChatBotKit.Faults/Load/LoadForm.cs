using System.Globalization;

namespace ChatBotKit.Faults.Load;

/// <summary>The duration of a load. <c>CHATBOTKIT_LOAD_SECONDS</c> overrides that of the form.</summary>
internal static class LoadForm
{
    public static int Seconds(int shortForm, int longForm) =>
        int.TryParse(
            Environment.GetEnvironmentVariable("CHATBOTKIT_LOAD_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : Form.Pick(shortForm, longForm);
}

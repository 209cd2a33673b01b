def diagnose(histories):
    return dict.fromkeys(histories, "fine")

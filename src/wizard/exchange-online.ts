/** Application id of Office 365 Exchange Online, the principal that stands for Exchange on both sides. */
export const exchangeOnlineAppId = '00000002-0000-0ff1-ce00-000000000000';
